/**
 * Names that senders of forged mail like to imitate: what looks like one of them and is not deserves a second look.
 * From the yearly lists of those who count phishing; no more than a reader would know at once.
 */
export const imitatedNames: ReadonlySet<string> = new Set(
  (
    'adobe airbnb aliexpress allegro amazon americanexpress apple bankofamerica barclays binance booking ' +
    'bnpparibas capitalone citibank cloudflare coinbase commerzbank correos deutschebank discord docusign ' +
    'dropbox ebay facebook fedex github gitlab gmail godaddy google hermes icloud instagram intesasanpaolo ' +
    'intuit klarna kraken laposte linkedin lloydsbank mastercard mercadolibre metamask microsoft netflix ' +
    'office365 onedrive outlook paypal postfinance rabobank revolut roblox royalmail santander ' +
    'sharepoint sparkasse spotify swisscom telegram telekom tiktok trezor unicredit ' +
    'vodafone volksbank wellsfargo whatsapp yahoo youtube zoom'
  ).split(' '),
)
