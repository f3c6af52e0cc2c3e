import { describe, expect, it } from 'vitest'
import { parseEntity } from './entity.ts'

const names = (raw: string): string[] => parseEntity(raw).headers.map(({ name }) => name)

describe('a head that is not ended', () => {
  it('ends at the first line that is no header, where none follows', () => {
    const entity = parseEntity('Subject: x\nwords without an empty line before them\nand more')
    expect(entity.headers).toHaveLength(1)
    expect(entity.body).toBe('words without an empty line before them\nand more')
  })

  it('ends at a line of spaces, which its sender took for an empty one', () => {
    const entity = parseEntity('Subject: x\r\n \r\nThe words.\r\n')
    expect(entity.headers).toEqual([{ name: 'Subject', value: ' x' }])
    expect(entity.body).toBe('The words.\r\n')
  })

  it('goes on after a broken line in its midst', () => {
    expect(names('From: a@b.example\nnonsense\nSubject: x\n\nbody')).toEqual(['From', 'Subject'])
    expect(names('Subject: x\n \nTo: a@b.example\n\nbody')).toEqual(['Subject', 'To'])
  })
})

describe('a multipart without a part', () => {
  it.each(['no boundary at all', '--other\n\nx\n--other--'])('is shown as it stands: %s', (body) => {
    const entity = parseEntity(`Content-Type: multipart/mixed; boundary=b\n\n${body}`)
    expect(entity).toMatchObject({ type: 'text/plain', parts: [], body })
  })
})
