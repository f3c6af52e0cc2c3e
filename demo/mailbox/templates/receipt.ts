/** Receipts: a table in a table, as shops have sent them for twenty years. */
import { escapeHtml } from '../quoting.ts'

export interface Receipt {
  readonly brand: string
  readonly colour: string
  readonly greeting: string
  readonly lines: readonly (readonly [what: string, price: string])[]
  readonly total: string
  readonly foot: string
  /** Source of the picture at the top, `cid:` or remote. */
  readonly logo: string
}

export function receiptHtml({ brand, colour, greeting, lines, total, foot, logo }: Receipt): string {
  const rows = lines
    .map(
      ([what, price]) =>
        `<tr><td style="padding:8px 0;border-bottom:1px solid #eee">${escapeHtml(what)}</td><td align="right" style="padding:8px 0;border-bottom:1px solid #eee">${price}</td></tr>`,
    )
    .join('\n')
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><style>@media (max-width:480px){.sheet{width:100%!important}.total{font-size:18px!important}}</style></head>
<body bgcolor="#f4f2ee" style="margin:0;padding:24px 0"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table class="sheet" role="presentation" width="560" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="border-radius:8px;font-family:Georgia,serif;color:#2b2b2b">
<tr><td style="padding:28px 32px 0"><img src="${logo}" width="48" height="48" alt=""><h1 style="margin:12px 0 4px;font-size:22px;color:${colour}">${escapeHtml(brand)}</h1><p style="margin:0 0 16px;line-height:1.5">${escapeHtml(greeting)}</p></td></tr>
<tr><td style="padding:0 32px"><table width="100%" cellpadding="0" cellspacing="0" style="font-size:15px">${rows}
<tr><td style="padding:12px 0"><b>Total</b></td><td align="right" class="total" style="padding:12px 0;font-size:20px;color:${colour}"><b>${total}</b></td></tr></table></td></tr>
<tr><td style="padding:8px 32px 28px;font-size:12px;color:#8a857c">${escapeHtml(foot)}</td></tr></table></td></tr></table></body></html>`
}
