/** Reads what a PDF's frame says of its document. It stands beside hostile content: every field is checked. */
import type { FromPdfFrame } from './pdf/protocol.ts'

type Fields = Readonly<Record<string, unknown>>

const mostPages = 10_000_000

/** Null for what says nothing about a document. */
export function readPdfReport(data: unknown): FromPdfFrame | null {
  if (typeof data !== 'object' || data === null) return null
  const fields = data as Fields
  switch (fields['t']) {
    case 'opened': {
      const [pages, shown] = [pageNumber(fields['pages']), pageNumber(fields['shown'])]
      return pages === null || shown === null ? null : { t: 'opened', pages, shown }
    }
    case 'drawn':
      return { t: 'drawn' }
    case 'lacking':
      return { t: 'lacking' }
    case 'at': {
      const page = pageNumber(fields['page'])
      return page === null ? null : { t: 'at', page }
    }
    case 'unreadable':
      return { t: 'unreadable', problem: fields['problem'] === 'password' ? 'password' : 'broken' }
    default:
      return null
  }
}

function pageNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= mostPages ? value : null
}
