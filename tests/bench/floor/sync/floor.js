// Fetches all headers of an account and stores them, one page after the other: the least that a first sync can be.
const PAGE = 250
const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail']
const properties = [
  ...['id', 'blobId', 'threadId', 'mailboxIds', 'keywords', 'size', 'receivedAt', 'from', 'to', 'cc', 'subject'],
  ...['preview', 'hasAttachment', 'messageId', 'header:List-Id:asText', 'header:Auto-Submitted:asText'],
  ...['header:X-Original-To:asText', 'header:Envelope-To:asText', 'header:Delivered-To:asText'],
]
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function run(authorization) {
  const headers = { authorization, 'content-type': 'application/json' }
  const session = await (await fetch('/.well-known/jmap', { headers })).json()
  const accountId = session.primaryAccounts[using[1]]
  const opening = indexedDB.open('floor')
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('emails', { keyPath: 'id' })
    opening.result.createObjectStore('threads', { keyPath: 'id' })
  }
  const db = await done(opening)
  for (let position = 0; ; position += PAGE) {
    const methodCalls = [
      ['Email/query', { accountId, sort: [{ property: 'receivedAt', isAscending: false }], position, limit: PAGE }, 'q'],
      ['Email/get', { accountId, '#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' }, properties }, 'e'],
      ['Thread/get', { accountId, '#ids': { resultOf: 'e', name: 'Email/get', path: '/list/*/threadId' } }, 't'],
    ]
    const body = JSON.stringify({ using, methodCalls })
    const answer = await (await fetch(session.apiUrl, { method: 'POST', headers, body })).json()
    const [query, emails, threads] = answer.methodResponses.map(([, args]) => args)
    const tx = db.transaction(['emails', 'threads'], 'readwrite')
    for (const email of emails.list) tx.objectStore('emails').put(email)
    for (const thread of threads.list) tx.objectStore('threads').put(thread)
    await new Promise((resolve) => (tx.oncomplete = resolve))
    if (query.ids.length < PAGE) break
  }
}

document.querySelector('#login').onsubmit = (event) => {
  event.preventDefault()
  const start = event.timeStamp
  const [user, password] = [document.querySelector('#user').value, document.querySelector('#pass').value]
  void run(`Basic ${btoa(`${user}:${password}`)}`).then(() => {
    performance.mark('floor:synced', { detail: performance.now() - start })
  })
}
