/** A small real PDF of one page: lines of text in Helvetica, one of the fonts that every reader has. */
export function makePdf(title: string, lines: readonly string[]): Uint8Array {
  const content = [
    'BT /F2 20 Tf 64 770 Td',
    `(${escape(title)}) Tj ET`,
    '0.09 0.35 0.27 RG 1.5 w 64 756 m 531 756 l S',
    ...lines.map((line, index) => `BT /F1 11 Tf 64 ${726 - index * 18} Td (${escape(line)}) Tj ET`),
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title (${escape(title)}) /Producer (Postern demo) >>`,
  ]
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** The same, padded by a comment to the size that a designed PDF would have. */
export function makePdfOfSize(title: string, lines: readonly string[], bytes: number): Uint8Array {
  const pdf = makePdf(title, lines)
  if (pdf.length >= bytes) return pdf
  const padded = new Uint8Array(bytes).fill(0x20)
  padded.set(pdf)
  // readers look for the end within the last kilobyte
  const tail = Buffer.from(pdf).subarray(Buffer.from(pdf).lastIndexOf('startxref'))
  padded.fill(0x20, pdf.length - tail.length, pdf.length)
  padded.set(tail, bytes - tail.length)
  padded[pdf.length - tail.length] = 0x0a
  padded[bytes - tail.length - 1] = 0x0a
  return padded
}

function escape(text: string): string {
  return text.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
}
