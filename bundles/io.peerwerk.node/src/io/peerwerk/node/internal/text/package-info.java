// SPDX-License-Identifier: EPL-2.0
/**
 * What people and scripts see: sizes and times in words, aligned tables, progress, JSON lines.
 *
 * <p>Results go to standard output, everything else (progress, notes, errors) to standard error, so that
 * {@code link=$(peerwerk put photo.jpg)} works. With {@code --json} standard output carries one JSON object a line and
 * nothing else. Colours and moving bars appear on a terminal only.
 */
@NullMarked
package io.peerwerk.node.internal.text;

import org.jspecify.annotations.NullMarked;
