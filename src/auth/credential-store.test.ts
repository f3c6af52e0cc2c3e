import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { aCredential } from '../../tests/support/credentials.ts'
import { openCredentialStore } from './idb-credential-store.ts'
import { MemoryCredentialStore } from './memory-credential-store.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const kinds = { idb: openCredentialStore, memory: () => Promise.resolve(new MemoryCredentialStore()) }

describe.each(Object.entries(kinds))('%s', (_kind, open) => {
  test('keeps what was put, secret apart', async () => {
    const store = await open()
    const { secret, ...info } = aCredential()
    expect(await store.put({ ...info, secret })).toBe(true)
    expect(await store.info(info.login)).toEqual(info)
    expect(await store.secret(info)).toEqual(secret)
    expect(await store.info('other')).toBeUndefined()
  })

  test('lists in the order of adding', async () => {
    const store = await open()
    await store.put(aCredential({ login: 'b', addedAt: 2 }))
    await store.put(aCredential({ login: 'a', addedAt: 3 }))
    await store.put(aCredential({ login: 'c', addedAt: 1 }))
    expect((await store.list()).map(({ login }) => login)).toEqual(['c', 'b', 'a'])
  })

  test('takes a generation only after the one before it', async () => {
    const store = await open()
    expect(await store.put(aCredential({ generation: 2 }))).toBe(false)
    expect(await store.put(aCredential({ generation: 1 }))).toBe(true)
    expect(await store.put(aCredential({ generation: 1 }))).toBe(false)
    expect(await store.put(aCredential({ generation: 2 }))).toBe(true)
    expect(await store.secret(aCredential({ generation: 1 }))).toBeUndefined()
  })

  test('rejects one generation and no other', async () => {
    const store = await open()
    await store.put(aCredential())
    await store.put(aCredential({ generation: 2 }))
    await store.reject('alice', 1)
    expect(await store.info('alice')).toMatchObject({ state: 'ok' })
    await store.reject('alice', 2)
    expect(await store.info('alice')).toMatchObject({ state: 'rejected', generation: 2 })
  })

  test('sign-out erases the secret, and no refresh under way brings it back', async () => {
    const store = await open()
    const credential = aCredential()
    await store.put(credential)
    await store.signOut('alice')
    expect(await store.info('alice')).toMatchObject({ state: 'signedOut' })
    expect(await store.secret(credential)).toBeUndefined()
    expect(await store.put(aCredential({ generation: 2 }))).toBe(false)
    await store.reject('alice', 2)
    await store.saveSession('alice', { ...credential.session, username: 'late' })
    expect(await store.info('alice')).toMatchObject({ state: 'signedOut', session: { username: 'alice@example.test' } })
  })

  test('replaces the session', async () => {
    const store = await open()
    await store.put(aCredential())
    await store.saveSession('alice', { ...aCredential().session, username: 'new' })
    expect(await store.info('alice')).toMatchObject({ session: { username: 'new' }, generation: 1 })
  })
})

/** Every value of every store of the database, as raw as IndexedDB gives it. */
function dump(): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('postern-auth')
    opening.onerror = () => reject(opening.error!)
    opening.onsuccess = () => {
      const tx = opening.result.transaction(['keys', 'credentials'])
      const reads = [tx.objectStore('keys').getAll(), tx.objectStore('credentials').getAll()]
      tx.oncomplete = () => resolve(reads.flatMap((read): unknown[] => read.result))
    }
  })
}

describe('the database', () => {
  test('opened twice holds one key: what one wrote the other reads', async () => {
    const [one, two] = await Promise.all([openCredentialStore(), openCredentialStore()])
    const credential = aCredential()
    await one.put(credential)
    expect(await two.secret(credential)).toEqual(credential.secret)
  })

  test('holds no secret in clear, and a key that cannot be exported', async () => {
    const store = await openCredentialStore()
    await store.put(aCredential())
    const values = await dump()
    const key = values.find((value) => value instanceof CryptoKey)
    expect(key).toMatchObject({ extractable: false })
    const row = values.find((value) => !(value instanceof CryptoKey)) as { ciphertext: ArrayBuffer }
    expect(row.ciphertext.byteLength).toBeGreaterThan(20)
    expect(Buffer.from(row.ciphertext).toString('latin1') + JSON.stringify(row)).not.toMatch(/sw1\./)
  })

  test('holds no ciphertext after sign-out', async () => {
    const store = await openCredentialStore()
    await store.put(aCredential())
    await store.signOut('alice')
    const row = (await dump()).find((value) => !(value instanceof CryptoKey))
    expect(row).toMatchObject({ ciphertext: new ArrayBuffer(0), iv: new Uint8Array(0), state: 'signedOut' })
  })
})
