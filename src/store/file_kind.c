/* file_kind.c: what a file is, by its first bytes. */
#include <tesela/store.h>

#include "base/error.h"
#include "store/attribute.h"
#include "store/files/stream.h"
#include "store/hdf.h"

#include <string.h>
#include <sys/stat.h>

/* HDF5's may stand at 0, 512, 1024, ...: files of MATLAB have it at 512. */
#define HDF5 "\x89HDF\r\n\x1a\n"
#define XZ "\xfd\x37zXZ"

/* Of what Tesela reads, only texts are compressed. What texts in UTF-16 are
 * good for is for the table room to say. */
static const struct {
    size_t offset, length;
    const char *bytes, *kind;
} signatures[] = {
    {0, 8, HDF5, "hdf5"},      {512, 8, HDF5, "hdf5"},     {1024, 8, HDF5, "hdf5"},
    {2048, 8, HDF5, "hdf5"},   {0, 6, "\x93NUMPY", "npy"}, {0, 4, "\x28\xb5\x2f\xfd", "csv"},
    {0, 5, XZ, "csv"},         {0, 2, "\x1f\x8b", "csv"},  {0, 2, "\xff\xfe", "csv"},
    {0, 2, "\xfe\xff", "csv"}, {1, 3, "*M\x18", "csv"}, /* what zstd skips: 50 to 5f in front */
};

/* The next byte that is no space, or NUL. */
static char next(const char *head, size_t count, size_t *at)
{
    while (*at < count && strchr(" \t\r\n", head[*at]) && head[*at]) {
        ++*at;
    }
    return *at < count ? head[(*at)++] : '\0';
}

/* '{' before a name or '}', or '[' before another bracket: a header such as
 * "[Year],[Sales]" is CSV. */
static int is_json(const char *head, size_t count)
{
    size_t at = count >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    char first = next(head, count, &at), second = next(head, count, &at);
    return (first == '{' && (second == '"' || second == '}')) || (first == '[' && (second == '{' || second == '['));
}

static const char *kind_of(const char *head, size_t count)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        size_t offset = signatures[i].offset, length = signatures[i].length;
        if (offset + length <= count && memcmp(head + offset, signatures[i].bytes, length) == 0) {
            return signatures[i].kind;
        }
    }
    if (count == 0 || memchr(head, '\0', count)) {
        return "unknown";
    }
    return is_json(head, count) ? "json" : "csv";
}

/* Which of Tesela's files it is. */
static tsl_status kind_of_hdf(const tsl_source *source, const char **kind, tsl_error *err)
{
    static const char *const ours[] = {"features", "model"};
    char name[64];
    tsl__hdf hdf;
    tsl_status status = tsl__hdf_open(source, &hdf, err);
    if (status != TSL_OK) { /* damaged, perhaps: whoever reads it will say what is wrong */
        tsl__error_reset(err);
        return status == TSL_E_NOMEM ? tsl__error_nomem(err) : TSL_OK;
    }
    if (tsl__attribute_get_text(hdf.file, "tesela", name, sizeof name) == 0) {
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            *kind = strcmp(name, ours[i]) == 0 ? ours[i] : *kind;
        }
    }
    tsl__hdf_close(&hdf);
    return TSL_OK;
}

/* As many bytes as there are, at most those of the head. */
static tsl_status read_head(tsl__stream *stream, char *head, size_t *count, tsl_error *err)
{
    size_t got = 1;
    *count = 0;
    while (got && *count < TSL__HEAD_BYTES) {
        tsl_status status = tsl__stream_read(stream, head + *count, TSL__HEAD_BYTES - *count, &got, err);
        if (status != TSL_OK) {
            return status;
        }
        *count += got;
    }
    return TSL_OK;
}

/* A pipe gives its bytes once, and opening it may wait for ever: it is not looked at. */
static int is_stream(const tsl_source *source)
{
    struct stat there;
    return !source->bytes && source->path &&
           (strcmp(source->path, "-") == 0 ||
            (stat(source->path, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode)));
}

tsl_status tsl_file_get_kind(const tsl_source *source, const char **kind, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char head[TSL__HEAD_BYTES];
    size_t count;
    tsl__stream stream = {.fd = -1};
    tsl__error_reset(err);
    *kind = "unknown";
    if (is_stream(source)) {
        *kind = "csv";
        return TSL_OK;
    }
    if (tsl__source_is_ahead(source)) { /* the rest is for who reads it */
        *kind = kind_of(source->bytes, source->count < sizeof head ? source->count : sizeof head);
        return TSL_OK;
    }
    TSL__TRY(tsl__stream_open(source, &stream, err));
    TSL__TRY(read_head(&stream, head, &count, err));
    *kind = kind_of(head, count);
    if (strcmp(*kind, "hdf5") == 0) {
        TSL__TRY(kind_of_hdf(source, kind, err));
    }
done:
    tsl__stream_close(&stream);
    return status;
}
