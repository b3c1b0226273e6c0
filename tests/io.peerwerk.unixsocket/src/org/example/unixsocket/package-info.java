// SPDX-License-Identifier: EPL-2.0
/** What somebody else writes to reach peers in a way of their own: one class, one component, nothing elsewhere. */
package org.example.unixsocket;
