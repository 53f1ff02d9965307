/** The presets: each is a file of the chart's templates/controllers, which declares what it can hold. */
export const controllers = ['none', 'contour', 'envoy-gateway', 'haproxy', 'istio', 'nginx', 'traefik']
