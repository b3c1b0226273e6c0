// SPDX-License-Identifier: EPL-2.0
/** Tests in a running framework: bundles that come, go and are swapped while others use their services. */
package io.peerwerk.modules;
