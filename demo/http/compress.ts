/**
 * Packs what a deployment's proxy packs (README, deploy/traefik): the session and the answers of JMAP, a quarter of the
 * bytes on a slow line. Downloads keep their length, which progress is told by; the event stream must not wait to be worth
 * packing.
 */
import { packedPaths } from '../../src/build/stalwart-paths.ts'

/** Below this a packet less is not to be had. */
const worthPacking = 1024
const packed = new RegExp(packedPaths)

/** The same response, packed where the client takes it so. */
export function compressed(request: Request, response: Response): Response {
  const { pathname } = new URL(request.url)
  const { body, headers: given, status } = response
  if (body === null || !packed.test(pathname) || Number(given.get('Content-Length')) < worthPacking) return response
  if (!/^application\/json\b/.test(given.get('Content-Type') ?? '')) return response
  const headers = new Headers(given)
  headers.append('Vary', 'Accept-Encoding')
  if (!/\bgzip\b/.test(request.headers.get('Accept-Encoding') ?? '')) return new Response(body, { status, headers })
  headers.delete('Content-Length')
  headers.set('Content-Encoding', 'gzip')
  return new Response(body.pipeThrough(new CompressionStream('gzip')), { status, headers })
}
