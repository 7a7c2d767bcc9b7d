package io.belfry.gateway.protocol;

import io.belfry.json.StrictJson;

/** Frames as JSON text in UTF-8. */
final class FrameJson {

    static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private FrameJson() {}

    /** An object's fields as they continue an object that is already begun: {@code ,"epoch":…}}. */
    static byte[] continuation(Object fields) {
        byte[] object = JSON.write(fields);
        object[0] = ',';
        return object;
    }
}
