import { proveCommand } from './prove.ts'

export const command = proveCommand('npm run demo --')
