/** The three levels at which RFC 8620 refuses: the request (§3.6.1), a method call (§3.6.2), one record of a /set (§5.3). */

type Detail = Readonly<Record<string, unknown>>

/** What a method call and one record of a /set are refused with: a type, and members beside it. */
abstract class Refusal extends Error {
  readonly type: string
  readonly detail: Detail
  constructor(type: string, description?: string, detail: Detail = {}) {
    super(description ?? type)
    this.type = type
    this.detail = description === undefined ? detail : { description, ...detail }
  }
  toJSON(): Detail {
    return { type: this.type, ...this.detail }
  }
}

export class MethodError extends Refusal {
  override readonly name = 'MethodError'
}

export class SetError extends Refusal {
  override readonly name = 'SetError'
}

/** Refuses the whole HTTP request with a problem document (RFC 7807). */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly status: number
  readonly problem: Detail
  readonly headers: Readonly<Record<string, string>>
  /** A page of HTML instead of the problem. */
  readonly page: string | null
  constructor(
    status: number,
    problem: Detail,
    headers: Readonly<Record<string, string>> = {},
    page: string | null = null,
  ) {
    super(`HTTP ${status}`)
    this.page = page
    this.status = status
    this.problem = problem
    this.headers = headers
  }
  static page(status: number, title: string): RequestError {
    return new RequestError(status, {}, {}, `<!doctype html><title>${status} ${title}</title><h1>${title}</h1>`)
  }
}

/** RFC 8620 §3.6.1 `urn:ietf:params:jmap:error:limit`. */
export function limitError(limit: string, detail: string): RequestError {
  return new RequestError(400, { type: 'urn:ietf:params:jmap:error:limit', status: 400, detail, limit })
}
