/** One EmailSubmission: its envelope checked, its mail delivered at once or when it is time (RFC 8621 §7.5; M23, M24). */
import type { Access } from '../access.ts'
import { SetError } from '../errors.ts'
import { asAddresses } from '../mime/header-forms.ts'
import type { DeliveryStatus, Identity, Submission } from '../store/side-records.ts'
import { messageOf } from '../store/stored-email.ts'
import type { StoredEmail } from '../store/stored-email.ts'
import { isObject } from './arguments.ts'
import { resolveId } from './context.ts'
import type { MethodContext } from './context.ts'
import { instances } from './email-object.ts'

type Envelope = Submission['envelope']

const MAX_HOLD_MS = 7 * 86_400_000
const HOLD_REFUSED = '501 5.5.4 Requested release time exceeds maximum of <7 days ahead>'

export function submit(context: MethodContext, access: Access, fields: unknown): Submission {
  if (!isObject(fields)) throw new SetError('invalidProperties')
  const { account } = access
  const emailId = typeof fields['emailId'] === 'string' ? resolveId(context, fields['emailId']) : ''
  const email = access.email(emailId)
  if (!email) throw new SetError('emailNotFound')
  const identityId = typeof fields['identityId'] === 'string' ? fields['identityId'] : ''
  const identity = account.side.identities.get(identityId)
  if (!identity) throw new SetError('invalidProperties', undefined, { properties: ['identityId'] })
  const envelope = isObject(fields['envelope']) ? readEnvelope(fields['envelope']) : deriveEnvelope(email, identity)
  if (envelope.rcptTo.length === 0) throw new SetError('noRecipients')
  if (context.personality.name !== 'cyrus' && envelope.mailFrom.email.toLowerCase() !== identity.email.toLowerCase()) {
    throw new SetError('forbiddenFrom', 'Envelope mailFrom does not match identity email address.')
  }
  const wait = holdOf(envelope, context.now())
  const status = route(context, envelope)
  if (context.personality.name === 'cyrus') refuseUnknown(status)
  const isQueued = Object.values(status).some(({ delivered }) => delivered === 'queued')
  const raw = withoutBcc(email.raw())
  const submission: Submission = {
    id:
      context.personality.name === 'stalwart'
        ? context.personality.accountId('', account.side.submissions.size)
        : `S${account.side.submissions.size + 1}`,
    identityId,
    emailId: email.id,
    threadId: email.thread.id,
    envelope,
    sendAt: new Date(context.now() + wait).toISOString().replace(/\.\d+Z$/, 'Z'),
    undoStatus: isQueued ? 'pending' : 'final',
    deliveryStatus: status,
    // Delivery is never within the request that sends: the answer goes first.
    cancel: isQueued
      ? account.clock.after(wait, () => {
          send(context, access, submission, raw)
        })
      : () => undefined,
  }
  account.side.submissions.set(submission.id, submission)
  account.log.record('EmailSubmission', submission.id, 'created')
  return submission
}

function readEnvelope(envelope: Readonly<Record<string, unknown>>): Envelope {
  const one = (value: unknown): Envelope['mailFrom'] => {
    if (!isObject(value) || typeof value['email'] !== 'string') {
      throw new SetError('invalidProperties', undefined, { properties: ['envelope'] })
    }
    return { email: value['email'], parameters: isObject(value['parameters']) ? value['parameters'] : null }
  }
  const rcptTo = Array.isArray(envelope['rcptTo']) ? envelope['rcptTo'].map(one) : []
  return { mailFrom: one(envelope['mailFrom']), rcptTo }
}

/** RFC 8621 §7: without an envelope, the identity and all of To, Cc and Bcc. */
function deriveEnvelope(email: StoredEmail, identity: Identity): Envelope {
  const { headers } = messageOf(email)
  const found = ['to', 'cc', 'bcc'].flatMap((name) => instances(headers, name).flatMap((value) => asAddresses(value)))
  const rcptTo = [...new Set(found.map((address) => address.email))].map((address) => ({
    email: address,
    parameters: null,
  }))
  const sender = asAddresses(instances(headers, 'from').at(-1) ?? '')[0]
  const mailFrom = identity.email === '' ? (sender?.email ?? '') : identity.email
  return { mailFrom: { email: mailFrom, parameters: null }, rcptTo }
}

/** FUTURERELEASE (RFC 4865): milliseconds to wait. */
function holdOf(envelope: Envelope, now: number): number {
  const parameters = envelope.mailFrom.parameters ?? {}
  const { HOLDFOR, HOLDUNTIL } = parameters
  let wait = 0
  if (HOLDFOR !== undefined) wait = Number(HOLDFOR) * 1000
  else if (typeof HOLDUNTIL === 'string') wait = Date.parse(HOLDUNTIL) - now
  if (!Number.isFinite(wait) || wait > MAX_HOLD_MS) throw new SetError('forbiddenMailFrom', HOLD_REFUSED)
  return Math.max(0, wait)
}

/** A refused recipient does not make the submission fail: only its deliveryStatus says it (M23). */
function route(context: MethodContext, envelope: Envelope): Record<string, DeliveryStatus> {
  const status: Record<string, DeliveryStatus> = {}
  for (const { email } of envelope.rcptTo) {
    const isUnknown = context.directory.isLocalDomain(email) && !context.directory.accountFor(email)
    status[email] = isUnknown
      ? { smtpReply: '550 5.1.2 Mailbox does not exist.', delivered: 'no', displayed: 'unknown' }
      : { smtpReply: '250 2.1.5 Queued', delivered: 'queued', displayed: 'unknown' }
  }
  return status
}

function refuseUnknown(status: Readonly<Record<string, DeliveryStatus>>): void {
  const invalid = Object.entries(status)
    .filter(([, { delivered }]) => delivered === 'no')
    .map(([email]) => email)
  if (invalid.length > 0) throw new SetError('invalidRecipients', undefined, { invalidRecipients: invalid })
}

function send(context: MethodContext, access: Access, submission: Submission, raw: Uint8Array): void {
  if (submission.undoStatus !== 'pending') return
  access.account.transact(() => {
    submission.undoStatus = 'final'
    for (const [email, status] of Object.entries(submission.deliveryStatus)) {
      if (status.delivered !== 'queued') continue
      const account = context.directory.accountFor(email)
      account?.deliver(delivered(raw, email))
      submission.deliveryStatus[email] = {
        ...status,
        smtpReply: '250 2.0.0 Delivered',
        delivered: account ? 'yes' : 'unknown',
      }
    }
    access.account.log.record('EmailSubmission', submission.id, 'updated')
  })
}

/** The mailbox's own address goes on top (M26). */
function delivered(raw: Uint8Array, address: string): Uint8Array {
  return Buffer.concat([Buffer.from(`Delivered-To: ${address}\r\n`), raw])
}

function withoutBcc(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw).toString('latin1')
  const end = text.search(/\r?\n\r?\n/)
  const head = end < 0 ? text : text.slice(0, end)
  return Buffer.from(
    `${head.replace(/(^|\n)bcc:[^\n]*(?:\n[ \t][^\n]*)*\n?/gi, '$1')}${end < 0 ? '' : text.slice(end)}`,
    'latin1',
  )
}
