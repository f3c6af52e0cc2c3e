/** What a page has kept on the device, looked at in its database, past the app. */
import type { Page } from 'playwright'

export interface KeptRows {
  readonly version: number
  readonly emails: number
  readonly entries: number
  readonly bodies: number
  /** Bytes of UTF-8 in the texts of bodies, and of files; only if asked for. */
  readonly text: number
  readonly files: number
  /** The page's clock. */
  readonly now: number
}

/** How many rows lie there now; `withBytes` reads all bodies. */
export function keptRows(page: Page, withBytes = false): Promise<KeptRows> {
  return page.evaluate(async (reads) => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result)
        }
        request.onerror = () => {
          reject(new Error(String(request.error)))
        }
      })
    const names = (await indexedDB.databases()).map((one) => one.name ?? '')
    const database = await answer(indexedDB.open(names.find((one) => one.startsWith('postern/')) ?? ''))
    const tx = database.transaction(['emails', 'entries', 'bodies', 'fileUses'])
    const count = (store: string): Promise<number> => answer(tx.objectStore(store).count())
    const [emails, entries, bodies] = [await count('emails'), await count('entries'), await count('bodies')]
    const stored = reads ? ((await answer(tx.objectStore('bodies').getAll())) as { _: ArrayBuffer }[]) : []
    const uses = reads ? ((await answer(tx.objectStore('fileUses').getAll())) as { bytes: number }[]) : []
    database.close()
    const [decoder, encoder] = [new TextDecoder(), new TextEncoder()]
    const texts = stored.flatMap(({ _ }) => {
      const { bodyValues } = JSON.parse(decoder.decode(_)) as { bodyValues: Record<string, { value: string }> }
      return Object.values(bodyValues).map(({ value }) => encoder.encode(value).length)
    })
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
    return {
      version: database.version,
      emails,
      entries,
      bodies,
      text: sum(texts),
      files: sum(uses.map(({ bytes }) => bytes)),
      now: performance.now(),
    }
  }, withBytes)
}
