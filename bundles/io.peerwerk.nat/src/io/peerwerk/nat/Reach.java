// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat;

/** Whether peers elsewhere can dial a peer or one of its addresses. */
public enum Reach {

    /** Too few have tried yet, or they do not agree. */
    UNKNOWN,

    /** Several peers on different networks have dialled it. */
    PUBLIC,

    /** Several peers on different networks have tried in vain: an address translator or a firewall is in between. */
    PRIVATE
}
