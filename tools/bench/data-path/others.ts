import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster } from '../../cluster/cluster.ts'
import { firstNode } from '../../cluster/network/nodes.ts'
import { stateFolder } from '../../cluster/sandbox/sandbox.ts'
import { builtFolders } from '../../programs/build.ts'

/** What people would build instead, on a node's ports, one process or thread each, as the controllers' Envoys have. */
export const others = [
  { name: 'nginx stream', port: 9001 },
  { name: 'HAProxy TCP', port: 9002 },
  { name: 'socat', port: 9003 },
  { name: 'an Envoy by hand', port: 9004 },
] as const

/** Starts them, all on the first node, in front of App2's port 8080. */
export async function startOthers(cluster: Cluster, app2: string): Promise<void> {
  const [nginx, haproxy, socat, envoy] = [others[0].port, others[1].port, others[2].port, others[3].port]
  const address = cluster.addressing.node(firstNode).front.ipv4
  const write = async (name: string, text: string) => {
    const path = join(stateFolder, name)
    await writeFile(path, text)
    return path
  }
  const folders = await builtFolders()
  const commands = {
    'nginx-stream': [
      ...['nginx', '-c'],
      await write(
        'nginx-stream.conf',
        `${nginxHead('nginx-stream')} stream { server { listen ${address}:${nginx} backlog=4096; proxy_pass ${app2}:8080; } }`,
      ),
    ],
    haproxy: ['haproxy', '-f', await write('haproxy.cfg', haproxyOf(`${address}:${haproxy}`, app2))],
    socat: ['socat', `TCP-LISTEN:${socat},bind=${address},fork,reuseaddr,backlog=4096`, `TCP:${app2}:8080`],
    'envoy-by-hand': [
      ...[join(folders.envoy, 'envoy'), '--concurrency', '1', '--log-level', 'warn', '--disable-hot-restart'],
      ...['--config-path', await write('envoy-by-hand.json', JSON.stringify(envoyOf(address, envoy, app2)))],
    ],
  }
  for (const [name, command] of Object.entries(commands)) cluster.start(name, command, { machine: firstNode })
}

/** Starts App2: it answers `app2`, a long stream at /stream, and at a port of its machine alone how often it did. */
export async function startApp2(cluster: Cluster): Promise<void> {
  const folder = join(stateFolder, 'app2')
  await mkdir(folder)
  await writeFile(join(folder, 'stream'), '')
  await truncate(join(folder, 'stream'), 64 * 1024 * 1024)
  const path = join(stateFolder, 'app2.conf')
  await writeFile(
    path,
    `${nginxHead('app2')} http {
      ${temporary} access_log off; keepalive_requests 1000000000; sendfile on; default_type text/plain; open_file_cache max=10;
      server {
        listen 8080 backlog=4096;
        location / { return 200 "app2\\n"; }
        location = /stream { root ${folder}; }
      }
      server { listen 127.0.0.1:8081; location / { stub_status; } }
    }`,
  )
  cluster.start('app2', ['nginx', '-c', path], { machine: 'app2' })
}

// --- utils ---

const nginxHead = (name: string) =>
  `daemon off; worker_processes 1; user root; pid ${join(stateFolder, name)}.pid; error_log stderr crit;
   events { worker_connections 8192; }`

/** Folders that it makes at its start, needed or not. */
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((name) => `${name}_temp_path ${join(stateFolder, name)};`)
  .join(' ')

const haproxyOf = (bind: string, app2: string) => `
global
  nbthread 1
  maxconn 8192
defaults
  mode tcp
  timeout connect 5s
  timeout client 1m
  timeout server 1m
listen app
  bind ${bind} backlog 4096
  server app2 ${app2}:8080
`

const socketOf = (address: string, port: number) => ({
  address: { socket_address: { address, port_value: port } },
})

const envoyOf = (address: string, port: number, app2: string) => ({
  static_resources: {
    listeners: [
      {
        ...socketOf(address, port),
        filter_chains: [
          {
            filters: [
              {
                name: 'tcp',
                typed_config: {
                  '@type': 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
                  stat_prefix: 'app2',
                  cluster: 'app2',
                },
              },
            ],
          },
        ],
      },
    ],
    clusters: [
      {
        name: 'app2',
        connect_timeout: '5s',
        load_assignment: {
          cluster_name: 'app2',
          endpoints: [{ lb_endpoints: [{ endpoint: socketOf(app2, 8080) }] }],
        },
      },
    ],
  },
})
