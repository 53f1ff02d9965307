import { either, open, type Verdict } from '../door.ts'
import type { World } from '../things.ts'
import { type Controller, heldByList } from './held.ts'
import type { IngressVisit } from './index.ts'

/** ingress-nginx (read in 1.15: internal/ingress/annotations, rootfs/etc/nginx/template/nginx.tmpl). */
export const nginx: Controller = {
  title: 'ingress-nginx',
  clientAddress:
    'its Service has externalTrafficPolicy Local or PROXY protocol, and its ConfigMap believes no X-Forwarded-For of others',
  sure: 'read',
  settings: [
    'enable-real-ip',
    'http-snippet',
    'location-snippet',
    'main-snippet',
    'server-snippet',
    'use-forwarded-headers',
  ],
  arguments: /^annotations-prefix=(?!nginx\.ingress\.kubernetes\.io$)/,
  prefixes: ['nginx.ingress.kubernetes.io/'],
  harmless: [
    'affinity',
    'affinity-canary-behavior',
    'affinity-mode',
    'app-root',
    'auth-realm',
    'backend-protocol',
    'client-body-buffer-size',
    'connection-proxy-header',
    'cors-*',
    'custom-headers',
    // Whom it refuses it then sends to the default backend, which an annotation or argument of its own names.
    'custom-http-errors',
    'enable-access-log',
    'enable-cors',
    'enable-opentelemetry',
    'enable-rewrite-log',
    'force-ssl-redirect',
    'http2-push-preload',
    'load-balance',
    'permanent-redirect-code',
    'preserve-trailing-slash',
    'proxy-body-size',
    'proxy-buffer-size',
    'proxy-buffering',
    'proxy-buffers-number',
    'proxy-busy-buffers-size',
    'proxy-connect-timeout',
    'proxy-cookie-domain',
    'proxy-cookie-path',
    'proxy-http-version',
    'proxy-max-temp-file-size',
    'proxy-next-upstream',
    'proxy-next-upstream-timeout',
    'proxy-next-upstream-tries',
    'proxy-read-timeout',
    'proxy-redirect-from',
    'proxy-redirect-to',
    'proxy-request-buffering',
    'proxy-send-timeout',
    'proxy-ssl-*',
    'relative-redirects',
    'rewrite-target',
    'service-upstream',
    'session-cookie-*',
    'ssl-ciphers',
    'ssl-prefer-server-ciphers',
    'ssl-redirect',
    'upstream-hash-by',
    'upstream-hash-by-*',
    'upstream-vhost',
    'use-regex',
    'x-forwarded-prefix',
  ],
  holding: ['auth-secret', 'auth-secret-type', 'auth-type', 'denylist-source-range', 'limit-*'],
  logins: [
    'auth-method',
    'auth-signin',
    'auth-tls-*',
    'auth-url',
    'enable-modsecurity',
    'enable-owasp-core-rules',
  ],
  lists: ['allowlist-source-range', 'whitelist-source-range'],
}

/** `whitelist-source-range` is the older name; where both are there, the newer wins, or the other in an old version. */
export function nginxIngress({ ingress, services, classes, beside }: IngressVisit, world: World): Verdict {
  // The Ingresses of a host share its server: what one says of that, it says of all.
  const things = [ingress, ...services, ...classes, ...beside]
  const lists = ['allowlist-source-range', 'whitelist-source-range'].flatMap((name) => {
    const key = `${nginx.prefixes[0]}${name}`
    const value = ingress.annotations[key]
    if (value === undefined) return []
    if (value.trim() === '') return [open('read', `${key} is empty`)]
    return [heldByList(nginx, value.split(','), `${ingress.title}'s ${name}`, things, world)]
  })
  const [first = open('read', 'it has no list for ingress-nginx'), ...others] = lists
  return others.reduce(either, first)
}
