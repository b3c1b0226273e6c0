// SPDX-License-Identifier: EPL-2.0
package io.peerwerk.nat.internal.mapping;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

import io.peerwerk.core.wire.FormatException;

/**
 * Reads XML from machines that are not trusted: bounded in bytes, depth, elements and text; a document type, the source
 * of all that XML documents blow up with or reach outside with, is refused whatever is in it.
 */
final class HostileXml {

    /** Bytes of a document at most; the descriptions of routers have 2 to 20 KB. */
    static final int MAX_LENGTH = 128 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ELEMENTS = 4096;
    private static final int MAX_TEXT = 1024;

    /** Hears of elements. */
    interface Visitor {

        /** An element begins. */
        default void begin(String name) {
        }

        /** An element ends; its own text, of leaf elements, without white space around it. */
        void end(String name, String text) throws FormatException;
    }

    private HostileXml() {
    }

    static void read(byte[] document, Visitor visitor) throws FormatException {
        if (document.length > MAX_LENGTH) {
            throw new FormatException("an XML document of " + document.length + " bytes");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                walk(reader, visitor);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            // The JDK's parser answers some malformed document types with unchecked exceptions of its own making.
            throw new FormatException("malformed XML", e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the document is read");
        });
        return factory;
    }

    private static void walk(XMLStreamReader reader, Visitor visitor) throws XMLStreamException, FormatException {
        Deque<StringBuilder> texts = new ArrayDeque<>();
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS || texts.size() == MAX_DEPTH) {
                        throw new FormatException("an XML document with too many elements");
                    }
                    texts.push(new StringBuilder());
                    visitor.begin(reader.getLocalName());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(texts.peek(), reader.getText());
                case XMLStreamConstants.END_ELEMENT ->
                    visitor.end(reader.getLocalName(), texts.pop().toString().trim());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new FormatException("an XML document with a document type or entities of its own");
                default -> {
                    // comments, processing instructions and the like mean nothing here
                }
            }
        }
    }

    private static void append(@Nullable StringBuilder text, String more)
            throws FormatException {
        if (text != null) {
            if (text.length() + more.length() > MAX_TEXT && !more.isBlank()) {
                throw new FormatException("an XML element with too long a text");
            }
            text.append(more.isBlank() ? " " : more);
        }
    }
}
