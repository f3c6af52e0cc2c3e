import { JmapError } from './errors.ts'

/** A part of the app that is fetched when it is needed. Rejects like a request without a network, to be tried again like one. */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new JmapError('network', 'A part of the app did not arrive', { cause })
  }
}
