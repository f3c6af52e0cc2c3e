/** Files of letters that are kept, and Emails by their date: what is kept, and given up, goes by it. */
export function keptFiles(database: IDBDatabase, transaction: IDBTransaction): void {
  database.createObjectStore('files', { keyPath: 'blobId' })
  database.createObjectStore('fileUses', { keyPath: 'blobId' })
  transaction.objectStore('emails').createIndex('receivedAt', 'receivedAt')
}
