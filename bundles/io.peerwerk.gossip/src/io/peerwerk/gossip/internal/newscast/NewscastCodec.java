// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.gossip.internal.newscast;

import java.util.List;

import io.peerwerk.core.wire.FormatException;
import io.peerwerk.core.wire.ProtoReader;
import io.peerwerk.core.wire.ProtoWriter;
import io.peerwerk.gossip.internal.cycle.WireFormat;
import io.peerwerk.gossip.internal.wire.ContactReader;

/** The news of an exchange as bytes; the package description has the picture. */
public final class NewscastCodec {

    /** News in a message, at most, whatever the sender's settings: a view of 40 and the sender itself. */
    public static final int MAX_NEWS = 41;

    /** The longest message that is taken, in bytes: {@value #MAX_NEWS} news of the longest kind. */
    public static final int MAX_MESSAGE = 52 * 1024;

    public static final WireFormat<List<News>> FORMAT = new WireFormat<>("/peerwerk/newscast/1.0.0", MAX_MESSAGE,
            NewscastCodec::encode, NewscastCodec::decode);

    private static final ContactReader.Bounds BOUNDS =
            new ContactReader.Bounds(MAX_MESSAGE, MAX_NEWS, ContactReader.MAX_RECORD);

    private static final int AGE = 3;

    private NewscastCodec() {
    }

    /** @throws IllegalArgumentException if there are more than {@value #MAX_NEWS} */
    public static byte[] encode(List<News> news) {
        if (news.size() > MAX_NEWS) {
            throw new IllegalArgumentException(news.size() + " news in a message");
        }
        var out = new ProtoWriter();
        for (News one : news) {
            out.message(ContactReader.RECORD, ContactReader.begin(one.contact()).uint(AGE, one.age()));
        }
        return out.toBytes();
    }

    /** Reads a message from a stranger. */
    public static List<News> decode(byte[] message) throws FormatException {
        return ContactReader.readAll(message, BOUNDS, NewscastCodec::readOne);
    }

    private static News readOne(ProtoReader in) throws FormatException {
        var contact = new ContactReader();
        long age = 0;
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == AGE) {
                age = in.uint();
            } else if (!contact.take(field, in)) {
                in.skip();
            }
        }
        if (age < 0 || age > View.MAX_AGE) {
            throw new FormatException("news of age " + Long.toUnsignedString(age));
        }
        return new News(contact.contact(), (int) age);
    }
}
