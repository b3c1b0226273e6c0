// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.ui.internal.topics;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

import org.eclipse.osgi.util.NLS;

import io.peerwerk.ui.internal.Messages;
import io.peerwerk.ui.internal.model.Figures;

/** The words of a stranger made fit for one line of a table: short, and without characters that deceive. */
final class MessageText {
    /** Of a longer message so many characters are shown. */
    static final int MOST_CHARACTERS = 1000;
    /** Of a longer message that is no text so many bytes are shown. */
    static final int MOST_BYTES = 64;

    private static final String CUT = "\u2026"; //$NON-NLS-1$
    private static final HexFormat HEX = HexFormat.ofDelimiter(" "); //$NON-NLS-1$

    private MessageText() {
    }

    /** UTF-8 as text; anything else as hexadecimal digits. */
    static String of(byte[] data) {
        if (data.length == 0) {
            return Messages.Message_empty;
        }
        try {
            return line(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString());
        } catch (CharacterCodingException e) {
            return NLS.bind(Messages.Message_bytes, hex(data));
        }
    }

    private static String line(String text) {
        int[] points = text.strip().codePoints().limit(MOST_CHARACTERS + 1L).map(MessageText::inOneLine).toArray();
        boolean cut = points.length > MOST_CHARACTERS;
        int length = cut ? MOST_CHARACTERS : points.length;
        String shown = Figures.plain(new String(points, 0, length));
        return cut ? shown + CUT : shown.isEmpty() ? Messages.Message_empty : shown;
    }

    /** What parts lines and columns is no harm: it becomes a space, as a reader expects. */
    private static int inOneLine(int point) {
        return IntStream.of('\n', '\r', '\t', 0x2028, 0x2029).anyMatch(white -> white == point) ? ' ' : point;
    }

    private static String hex(byte[] data) {
        return data.length <= MOST_BYTES ? HEX.formatHex(data) : HEX.formatHex(Arrays.copyOf(data, MOST_BYTES)) + " " + CUT; //$NON-NLS-1$
    }
}
