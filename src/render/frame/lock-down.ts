/** WebRTC and WebTransport obey no policy: they go before anything else happens in the frame. */
export function lockDown(realm: object): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) {
    Reflect.deleteProperty(realm, name)
  }
}
