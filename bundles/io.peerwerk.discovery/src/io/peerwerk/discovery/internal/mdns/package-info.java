// SPDX-License-Identifier: EPL-2.0
/**
 * How peers on one local network find each other without being told of anybody: the protocol, without its sockets.
 *
 * <pre>
 *   who is there?     question      _p2p._udp.local PTR
 *
 *   I am              answer        _p2p._udp.local              PTR   NAME._p2p._udp.local
 *                     additionals   NAME._p2p._udp.local         TXT   "dnsaddr=/ip4/.../tcp/4001/p2p/12D3Koo..." ...
 *                                   NAME._p2p._udp.local         SRV   4001 NAME.p2p.local
 *                                   NAME.p2p.local               A, AAAA
 * </pre>
 *
 * <p>NAME is random, another one at every start, and says nothing about the machine. The addresses stand in one text,
 * since go-libp2p keeps only the last one of several; SRV, A and AAAA are there because go-libp2p passes over a peer
 * without them, while js- and rust-libp2p neither need them nor send them.
 *
 * <p>A {@linkplain io.peerwerk.discovery.internal.mdns.Presence presence} is what this peer tells on one link, a
 * {@linkplain io.peerwerk.discovery.internal.mdns.Rhythm rhythm} when, and the
 * {@linkplain io.peerwerk.discovery.internal.mdns.Neighbours neighbours} are those who were heard. Anybody on the link
 * can claim anything there. So only addresses on that very link are believed, of one peer at a time, and only so many
 * new peers in a while; who is behind an address shows when it is dialled.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/discovery/mdns.md">libp2p mDNS</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762">RFC 6762: multicast DNS</a>
 */
@NullMarked
package io.peerwerk.discovery.internal.mdns;

import org.jspecify.annotations.NullMarked;
