import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKey } from 'openpgp'

/**
 * Writes a key of `Test <test@example.com>`, made for this, into a folder, as GnuPG before 2.1 kept keys: Helm reads
 * no newer form. Gives the files' paths.
 */
export async function keyrings(folder: string): Promise<{ secret: string; public: string }> {
  const { privateKey, publicKey } = await generateKey({
    type: 'rsa',
    rsaBits: 2048,
    userIDs: [{ name: 'Test', email: 'test@example.com' }],
    format: 'binary',
  })
  const files = { secret: join(folder, 'secret.gpg'), public: join(folder, 'public.gpg') }
  await writeFile(files.secret, privateKey)
  await writeFile(files.public, publicKey)
  return files
}
