/** Thrown inside a write transaction so that nothing of it is written; never leaves `Replica.write`. */
export class WriteRefused extends Error {
  readonly kind: 'conflict' | 'deposed'

  constructor(kind: 'conflict' | 'deposed') {
    super(kind)
    this.name = 'WriteRefused'
    this.kind = kind
  }
}
