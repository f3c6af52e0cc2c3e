/** What an account has beside its mail: identities, submissions, uploads, the vacation response. */
export interface Identity {
  readonly id: string
  name: string
  readonly email: string
  replyTo: unknown
  bcc: unknown
  textSignature: string
  htmlSignature: string
  readonly mayDelete: boolean
}

export interface DeliveryStatus {
  readonly smtpReply: string
  readonly delivered: 'queued' | 'yes' | 'no' | 'unknown'
  readonly displayed: 'unknown' | 'yes'
}

export interface Submission {
  readonly id: string
  readonly identityId: string
  readonly emailId: string
  readonly threadId: string
  readonly envelope: {
    readonly mailFrom: { readonly email: string; readonly parameters: Readonly<Record<string, unknown>> | null }
    readonly rcptTo: readonly {
      readonly email: string
      readonly parameters: Readonly<Record<string, unknown>> | null
    }[]
  }
  readonly sendAt: string
  undoStatus: 'pending' | 'final' | 'canceled'
  deliveryStatus: Record<string, DeliveryStatus>
  /** Takes it out of the queue. */
  readonly cancel: () => void
}

export interface Upload {
  readonly bytes: Uint8Array
  readonly type: string
}

/** A file, or without a blob a directory. */
export interface FileNode {
  readonly id: string
  parentId: string | null
  blobId: string | null
  size: number | null
  name: string
  type: string | null
  readonly created: string
  readonly modified: string
}

export class SideRecords {
  readonly identities = new Map<string, Identity>()
  readonly submissions = new Map<string, Submission>()
  readonly uploads = new Map<string, Upload>()
  readonly fileNodes = new Map<string, FileNode>()
  fileNodeOrdinal = 0
  vacation: Record<string, unknown> = {
    id: 'singleton',
    isEnabled: false,
    fromDate: null,
    toDate: null,
    subject: null,
    textBody: null,
    htmlBody: null,
  }
  vacationState = 0
  quotaBytes: number | null = null
  /** Start of the running hour and what was uploaded in it (M21). */
  uploadHour = { start: 0, bytes: 0 }
}
