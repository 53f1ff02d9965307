/** Where a release can be found; in the repository, which has no such place of its own, stand-ins are written. */
export interface Places {
  /** The project's page and repository. */
  home: string
  /** The registry that the chart is pushed to, with the path before the chart's name. */
  registry: string
}

/** What stands in the repository for the places of a release: names that nobody can ever own (RFC 2606). */
export const standIns: Places = {
  home: 'https://external-service-proxy.example',
  registry: 'registry.example/charts',
}
