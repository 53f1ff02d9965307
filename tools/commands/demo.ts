import { proveCommand } from './prove.ts'

export const command = proveCommand('npm run demo --', ['examples/app1-to-app2.yaml'])
