package io.distributary.opensearch;

import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The stock options, and those of writing changes. */
@UriParams
public class OpenSearchConfiguration extends OpensearchConfiguration {
    @UriParam(defaultValue = "true",
            description = "Write changes of a DynamoDB table with _bulk, those in flight at the same time in one request. An"
                    + " exchange with the stock option or header operation, or with a request of OpenSearch's client as its body,"
                    + " is Camel's own either way; false leaves all to Camel.")
    private boolean coalesce = true;

    @UriParam(defaultValue = "INDEX",
            description = "What an insert or a modification becomes: INDEX replaces the document; CREATE leaves one that is there as"
                    + " it is; UPDATE merges the fields into it, or creates it. A removal deletes the document.")
    private ChangeOperation changeOperation = ChangeOperation.INDEX;

    @UriParam(defaultValue = "NEW_IMAGE",
            description = "What is written: NEW_IMAGE, the item after the change, whatever the body is; BODY, the exchange's body,"
                    + " one JSON object.")
    private DocumentBody document = DocumentBody.NEW_IMAGE;

    @UriParam(defaultValue = "ITEM_KEY",
            description = "What the _id is made of: ITEM_KEY, the item's keys, one document for each item; EVENT_ID, the stream's"
                    + " event id, one document for each change (removals too, where document is BODY).")
    private DocumentId documentId = DocumentId.ITEM_KEY;

    @UriParam(description = "Template of the document's routing value, as indexName.")
    private String routing;

    @UriParam(description = "Ingest pipeline that the documents go through.")
    private String pipeline;

    @UriParam(defaultValue = "EXTERNAL_GTE",
            description = "Which writes OpenSearch refuses as older than what it has: EXTERNAL_GTE, those with a lower version;"
                    + " EXTERNAL, those with an equal one too; NONE, the last to arrive wins. Only with changeOperation INDEX.")
    private VersionType versionType = VersionType.EXTERNAL_GTE;

    @UriParam(description = "Attribute of the item that is its version, a whole number that grows with every change, also over a"
            + " removal. Default: the change's own version.")
    private String versionAttribute;

    @UriParam(description = "Name of an index template to create where there is none of this name, for the indexes of indexName, with"
            + " gcDeletes; existing indexes get gcDeletes too. Default: nothing is created or set.")
    private String indexTemplate;

    @UriParam(defaultValue = "93600000", javaType = "java.time.Duration",
            description = "The setting index.gc_deletes that indexTemplate brings, in milliseconds: how long OpenSearch knows the"
                    + " version of a deleted document. Default: 26 hours, longer than the stream can be read again.")
    private long gcDeletes = 93_600_000;

    @UriParam(label = "advanced", defaultValue = "2", javaType = "java.time.Duration",
            description = "How long a change waits for others while a request is in flight, in milliseconds. While there is none, none"
                    + " waits.")
    private long linger = 2;

    @UriParam(defaultValue = "1000", description = "The most changes in one request.")
    private int maxBulkActions = 1000;

    @UriParam(defaultValue = "5242880", description = "Bytes after which a request is full; a larger document goes alone.")
    private int maxBulkBytes = 5 << 20;

    @UriParam(defaultValue = "104857600",
            description = "The most bytes of one document with its action; a larger one fails before it is sent. The server's limit"
                    + " is http.max_content_length (100 MiB; 10 MiB on the smaller instances of Amazon OpenSearch Service).")
    private int maxDocumentBytes = 100 << 20;

    @UriParam(label = "advanced", defaultValue = "4", description = "The most requests in flight.")
    private int maxRequests = 4;

    @UriParam(label = "advanced", defaultValue = "33554432",
            description = "Bytes of documents waiting or in flight beyond which the route waits.")
    private long maxBufferedBytes = 32L << 20;

    @UriParam(defaultValue = "30000", javaType = "java.time.Duration",
            description = "How long after its first sending a change is sent again where that can help, in milliseconds: throttled,"
                    + " unavailable, no answer. After that the exchange fails.")
    private long retryTimeout = 30_000;

    public boolean isCoalesce() {
        return coalesce;
    }

    public void setCoalesce(boolean coalesce) {
        this.coalesce = coalesce;
    }

    public ChangeOperation getChangeOperation() {
        return changeOperation;
    }

    public void setChangeOperation(ChangeOperation changeOperation) {
        this.changeOperation = changeOperation;
    }

    public DocumentBody getDocument() {
        return document;
    }

    public void setDocument(DocumentBody document) {
        this.document = document;
    }

    public DocumentId getDocumentId() {
        return documentId;
    }

    public void setDocumentId(DocumentId documentId) {
        this.documentId = documentId;
    }

    public String getRouting() {
        return routing;
    }

    public void setRouting(String routing) {
        this.routing = routing;
    }

    public String getPipeline() {
        return pipeline;
    }

    public void setPipeline(String pipeline) {
        this.pipeline = pipeline;
    }

    public VersionType getVersionType() {
        return versionType;
    }

    public void setVersionType(VersionType versionType) {
        this.versionType = versionType;
    }

    public String getVersionAttribute() {
        return versionAttribute;
    }

    public void setVersionAttribute(String versionAttribute) {
        this.versionAttribute = versionAttribute;
    }

    public String getIndexTemplate() {
        return indexTemplate;
    }

    public void setIndexTemplate(String indexTemplate) {
        this.indexTemplate = indexTemplate;
    }

    public long getGcDeletes() {
        return gcDeletes;
    }

    public void setGcDeletes(long gcDeletes) {
        this.gcDeletes = gcDeletes;
    }

    public long getLinger() {
        return linger;
    }

    public void setLinger(long linger) {
        this.linger = linger;
    }

    public int getMaxBulkActions() {
        return maxBulkActions;
    }

    public void setMaxBulkActions(int maxBulkActions) {
        this.maxBulkActions = maxBulkActions;
    }

    public int getMaxBulkBytes() {
        return maxBulkBytes;
    }

    public void setMaxBulkBytes(int maxBulkBytes) {
        this.maxBulkBytes = maxBulkBytes;
    }

    public int getMaxDocumentBytes() {
        return maxDocumentBytes;
    }

    public void setMaxDocumentBytes(int maxDocumentBytes) {
        this.maxDocumentBytes = maxDocumentBytes;
    }

    public int getMaxRequests() {
        return maxRequests;
    }

    public void setMaxRequests(int maxRequests) {
        this.maxRequests = maxRequests;
    }

    public long getMaxBufferedBytes() {
        return maxBufferedBytes;
    }

    public void setMaxBufferedBytes(long maxBufferedBytes) {
        this.maxBufferedBytes = maxBufferedBytes;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }
}
