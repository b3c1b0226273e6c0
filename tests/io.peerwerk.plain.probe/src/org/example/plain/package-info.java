// SPDX-License-Identifier: EPL-2.0
/** What a stranger's Eclipse has beside the platform: something of their own that knows nothing of Peerwerk. */
package org.example.plain;
