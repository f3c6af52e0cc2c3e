/** The first schema. Later ones go in files of their own; this one is never edited once a release has carried it. */
export function initial(database: IDBDatabase): void {
  const emails = database.createObjectStore('emails', { keyPath: 'id' })
  emails.createIndex('threadId', 'threadId')
  emails.createIndex('blobId', 'blobId')
  database.createObjectStore('states', { keyPath: 'type' })
  database.createObjectStore('mailboxes', { keyPath: 'id' })
  database.createObjectStore('identities', { keyPath: 'id' })
  database.createObjectStore('threads', { keyPath: 'id' })
  database.createObjectStore('bodies', { keyPath: 'id' })
  database.createObjectStore('bodyUses', { keyPath: 'id' })
  // Its key is made of several properties, one of them computed: `entryKey`.
  database.createObjectStore('entries')
  database.createObjectStore('lists', { keyPath: 'mailboxId' })
  database.createObjectStore('horizons', { keyPath: 'scope' })
  database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true })
  database.createObjectStore('tombstones', { keyPath: 'id' })
  database.createObjectStore('meta', { keyPath: 'name' })
}
