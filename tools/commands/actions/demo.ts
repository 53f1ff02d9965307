import { act as prove } from './prove.ts'

export const act: typeof prove = (files, options) => prove(['examples/app1-to-app2.yaml', ...files], options)
