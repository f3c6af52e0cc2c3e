/** What Stalwart publishes without a password, with CORS open to all (M6, M7). */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type, Accept, X-Requested-With',
  'Access-Control-Allow-Methods': 'POST, GET, PATCH, PUT, DELETE, HEAD, OPTIONS',
}

export function stalwartDocument(pathname: string, origin: string): Response | null {
  if (pathname === '/.well-known/oauth-authorization-server' || pathname === '/.well-known/openid-configuration') {
    return document(authorizationServer(origin))
  }
  if (pathname === '/.well-known/user-agent-configuration.json') return document(userAgentConfiguration(origin))
  return null
}

function document(body: unknown): Response {
  return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json; charset=utf-8', ...CORS } })
}

/** RFC 8414. */
function authorizationServer(origin: string): Record<string, unknown> {
  return {
    issuer: origin,
    token_endpoint: `${origin}/auth/token`,
    authorization_endpoint: `${origin}/login`,
    device_authorization_endpoint: `${origin}/auth/device`,
    registration_endpoint: `${origin}/auth/register`,
    introspection_endpoint: `${origin}/auth/introspect`,
    grant_types_supported: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'offline_access', 'urn:ietf:params:oauth:scope:mail'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }
}

/** PACC: where which protocol is. */
function userAgentConfiguration(origin: string): Record<string, unknown> {
  const { host } = new URL(origin)
  return {
    protocols: { jmap: { url: `${origin}/jmap/session` }, imap: { host }, smtp: { host } },
    authentication: { 'oauth-public': { issuer: origin }, password: true },
    info: { provider: { name: 'Stalwart' } },
  }
}
