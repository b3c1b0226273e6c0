// SPDX-License-Identifier: EPL-2.0
/**
 * TLS 1.3 as libp2p uses it. A peer has no certificate from an authority: it makes one itself, with a key of its own
 * that has no relation to its identity, and its identity key vouches for that key in an extension.
 *
 * <pre>
 *   certificate (X.509 v3, DER, self-signed)
 *     key          ECDSA P-256, fresh
 *     extension    1.3.6.1.4.1.53594.1.1
 *                  SEQUENCE { identity key: OCTET STRING,
 *                             its signature of "libp2p-tls-handshake:" + key: OCTET STRING }
 *
 *   client                                                                   server
 *   ClientHello, ALPN: the muxers it has, "libp2p"                  ───────▶
 *                  ◀───────  ServerHello, {ALPN: the first of these that it has, CertificateRequest,
 *                                          Certificate, CertificateVerify, Finished}
 *   {Certificate, CertificateVerify, Finished}                      ───────▶
 *   ──────────────────────────── from here on: records ────────────────────────────
 * </pre>
 *
 * <p>{@link io.peerwerk.transport.tls.PeerCertificate} makes and checks certificates,
 * {@link io.peerwerk.transport.tls.PeerTrust} does so for a handshake; QUIC uses them as well. Nothing else of TLS is for
 * others: the secure channel is a service.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/tls/tls.md">libp2p: TLS</a>
 */
@NullMarked
package io.peerwerk.transport.tls;

import org.jspecify.annotations.NullMarked;
