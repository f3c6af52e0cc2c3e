import { describe, expect, test } from 'vitest'
import { JmapError } from './errors.ts'
import { expandTemplate } from './expand-template.ts'
import { resolveTemplate } from './url-template.ts'

const base = 'https://mail.example.test/jmap/session'

test('resolving keeps the variables', () => {
  expect(resolveTemplate('/d/{accountId}/{name}?t={type}', base, ['accountId', 'name', 'type']).template).toBe(
    'https://mail.example.test/d/{accountId}/{name}?t={type}',
  )
})

test.each(['/d/{blobId}{#evil}{?x*}', '/d/{+path}', '/d/{}', '/d/{other}'])('%s is refused', (template) => {
  expect(() => resolveTemplate(template, base, ['blobId'])).toThrow(JmapError)
})

describe('a value cannot leave its place', () => {
  const template = 'https://mail.example.test/d/{blobId}/{name}?t={type}'

  test.each([
    ['../../../admin?x=', '..%2F..%2F..%2Fadmin%3Fx%3D'],
    ['a b/c?x#y&z.txt', 'a%20b%2Fc%3Fx%23y%26z.txt'],
    ['%2e%2e', '%252e%252e'],
    ['\ud800', '%EF%BF%BD'],
    ['dave@mail.test', 'dave%40mail.test'],
  ])('%j', (value, encoded) => {
    const url = new URL(expandTemplate(template, { blobId: value, name: 'n', type: value }))
    expect(url.pathname).toBe(`/d/${encoded}/n`)
    expect(url.search).toBe(`?t=${encoded}`)
    expect(url.hash).toBe('')
  })

  test.each(['.', '..'])('%j is refused', (value) => {
    expect(() => expandTemplate(template, { blobId: value, name: 'n', type: 't' })).toThrow(JmapError)
  })
})

test('a variable named like a property of every object is empty', () => {
  expect(expandTemplate('https://a.test/{constructor}x', {})).toBe('https://a.test/x')
})
