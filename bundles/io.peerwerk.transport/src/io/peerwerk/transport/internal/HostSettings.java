// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.transport.internal;

/** The configuration of a host, under the name {@value SwitchHost#PID}. */
public @interface HostSettings {


    /** Addresses to listen on; port 0 lets the system choose one. */
    String[] listen() default "/ip4/0.0.0.0/tcp/0";

    /** Peer ids, IP addresses and networks (192.0.2.0/24); if there are any, nobody else is let in or dialled. */
    String[] allow() default {};

    /** Peer ids, IP addresses and networks that are never let in or dialled. */
    String[] deny() default {};

    /** Networks from which links come in any number: this machine, one's own test network. */
    String[] trusted() default {"127.0.0.0/8", "::1"};

    /** Bytes a second sent to all peers together; 0 for as fast as it goes. */
    long upload() default 0;

    /** Bytes a second received from all peers together; 0 for as fast as it goes. */
    long download() default 0;

    /** Bytes a second sent to each peer; 0 for as fast as it goes. */
    long peerUpload() default 0;

    /** Bytes a second received from each peer; 0 for as fast as it goes. */
    long peerDownload() default 0;

    /** Bytes of memory for connections and streams; 0 for a part of what the machine has. */
    long memory() default 0;

    /** Connections at most, three quarters of them incoming; 0 for what the machine can take. */
    int connections() default 0;

    /** Connections with one peer at most; 0 for what two hosts that dial each other need. */
    int peerConnections() default 0;
}
