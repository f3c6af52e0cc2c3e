/** Which way pictures from the internet come: from their senders, or through the deployment's own proxy. */
import { basePath } from '../platform/base-path.ts'
import type { AllowedPictures } from './letter.ts'

/** The proxy's address; null: there is none, pictures come from where their senders put them. */
export type ImageRoute = URL | null

/**
 * As `imageProxy` of config.json says. Throws where that cannot be known: then no picture is asked for, since whoever
 * has a proxy has it so that nobody is asked directly.
 */
export async function readImageRoute(fetch: typeof window.fetch): Promise<ImageRoute> {
  const response = await fetch(`${basePath}/config.json?v=pictures`, { cache: 'no-store' })
  const type = response.headers.get('content-type') ?? ''
  // some hosts answer their start page for a file that they have not
  if (response.status === 404 || response.status === 410 || (response.ok && type.includes('html'))) return null
  if (!response.ok) throw new Error(`config.json: ${String(response.status)}`)
  const config = Object(await response.json()) as { imageProxy?: unknown }
  return Object.hasOwn(config, 'imageProxy') ? new URL(checked(config.imageProxy)) : null
}

/** Where each of these pictures is asked for. */
export function routed(pictures: AllowedPictures, route: ImageRoute): AllowedPictures {
  return new Map([...pictures].map(([index, address]) => [index, addressBy(route, address)]))
}

function addressBy(route: ImageRoute, address: string): string {
  if (route === null) return address
  const url = new URL(route)
  url.searchParams.set('url', address)
  return url.href
}

function checked(address: unknown): string {
  if (typeof address === 'string' && address.startsWith('https://')) return address
  throw new Error('imageProxy is no https address')
}
