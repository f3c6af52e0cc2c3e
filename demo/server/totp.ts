/** RFC 6238 with the usual parameters: SHA-1, six digits, thirty seconds, one step of grace to either side. */
import { createHmac } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000

export function totpCode(secret: string, now: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)))
  const mac = createHmac('sha1', decodeBase32(secret)).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export function isTotpCode(secret: string, code: string, now: number): boolean {
  return [-STEP_MS, 0, STEP_MS].some((drift) => totpCode(secret, now + drift) === code)
}

function decodeBase32(text: string): Buffer {
  let bits = ''
  for (const character of text.toUpperCase().replace(/[=\s]/g, '')) {
    bits += BASE32.indexOf(character).toString(2).padStart(5, '0')
  }
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)))
}
