package io.distributary.sandbox.sns;

import java.io.StringWriter;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer in the AWS Query protocol's XML, written top to bottom. */
final class Answer {
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newInstance();

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private interface Step {
        void run() throws XMLStreamException;
    }

    private Answer(String root) {
        try {
            xml = FACTORY.createXMLStreamWriter(text);
            xml.writeStartElement(root);
            xml.writeDefaultNamespace(NAMESPACE);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answer to an action; what is written until {@link #toXml()} is its result. */
    static Answer to(String action) {
        return new Answer(action + "Response").open(action + "Result");
    }

    static String error(SnsError error) {
        var answer = new Answer("ErrorResponse");
        answer.open("Error").element("Type", error.senderFault() ? "Sender" : "Receiver").element("Code", error.code())
                .element("Message", error.getMessage()).close();
        answer.element("RequestId", UUID.randomUUID().toString());
        return answer.end();
    }

    Answer open(String name) {
        return write(() -> xml.writeStartElement(name));
    }

    Answer close() {
        return write(xml::writeEndElement);
    }

    /** Nothing where the value is null. */
    Answer element(String name, String value) {
        return value == null ? this : write(() -> {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
        });
    }

    Answer map(String name, Map<String, String> entries) {
        open(name);
        entries.forEach((key, value) -> open("entry").element("key", key).element("value", value).close());
        return close();
    }

    String toXml() {
        close().open("ResponseMetadata").element("RequestId", UUID.randomUUID().toString()).close();
        return end();
    }

    private String end() {
        write(xml::writeEndDocument);
        return text.toString();
    }

    private Answer write(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
