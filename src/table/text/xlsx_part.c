/* xlsx_part.c: unpacks by libzip, parses by expat. */
#include "table/text/xlsx_part.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/alloc.h"
#include "base/error.h"

#define PIECE_BYTES 65536
#define MOST_DEPTH 100 /* of elements */
/* Deflate makes at most some thousand bytes of one; what people write, some ten. */
#define MOST_RATIO 400
#define RATIO_FROM_BYTES ((uint64_t)64 << 20)

struct tsl__archive {
    zip_t *zip;
    char *bytes;
    const char *name;
};

struct tsl__xml {
    const tsl__archive *archive;
    const tsl__xml_reader *reader;
    void *user;
    zip_file_t *file;
    XML_Parser parser;
    char *name;
    uint64_t most, stored, unpacked;
    int depth;
    const char *refused; /* why the parser was stopped, or NULL */
};

/* ---- The archive ---------------------------------------------------------------- */

static tsl_status fail_zip(zip_error_t *why, const char *name, tsl_error *err)
{
    const int code = zip_error_code_zip(why);
    tsl_status status = code == ZIP_ER_MEMORY
                            ? tsl__error_nomem(err)
                            : tsl__error_set(err, TSL_E_FORMAT,
                                             "%s: begins like an Excel workbook, but the ZIP archive is "
                                             "damaged: %s",
                                             name, zip_error_strerror(why));
    zip_error_fini(why);
    return status;
}

tsl_status tsl__archive_open(char *bytes, size_t count, const char *name, tsl__archive **out, tsl_error *err)
{
    tsl__archive *a = tsl__alloc_zero(1, sizeof *a);
    zip_error_t why;
    tsl_status status = TSL_OK;
    *out = NULL;
    if (!a) {
        free(bytes);
        return tsl__error_nomem(err);
    }
    a->bytes = bytes;
    a->name = name;
    TSL__NEED(tsl__memory_has_room());
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes, count, 0, &why);
    a->zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
    if (!a->zip) {
        zip_source_free(source);
        TSL__TRY(fail_zip(&why, name, err));
    }
    zip_error_fini(&why);
    *out = a;
    a = NULL;
done:
    tsl__archive_free(a);
    return status;
}

void tsl__archive_free(tsl__archive *a)
{
    if (a) {
        if (a->zip) {
            zip_discard(a->zip);
        }
        free(a->bytes);
        free(a);
    }
}

int tsl__archive_has(const tsl__archive *a, const char *part)
{
    return zip_name_locate(a->zip, part, ZIP_FL_NOCASE) >= 0;
}

const char *tsl__archive_get_name(const tsl__archive *a)
{
    return a->name;
}

/* ---- A part ------------------------------------------------------------------------ */

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void refuse(tsl__xml *p, const char *why)
{
    p->refused = why;
    XML_StopParser(p->parser, XML_FALSE);
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    tsl__xml *p = user;
    if (++p->depth > MOST_DEPTH) {
        refuse(p, "its elements lie too deep in each other");
    } else if (!p->refused) {
        p->reader->start(p->user, local(name), (const char *const *)attributes);
    }
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    tsl__xml *p = user;
    p->depth--;
    if (!p->refused) {
        p->reader->end(p->user, local(name));
    }
}

static void XMLCALL on_text(void *user, const XML_Char *text, int count)
{
    tsl__xml *p = user;
    if (!p->refused && count > 0) {
        p->reader->text(p->user, text, (size_t)count);
    }
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                               int has_internal)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal;
    refuse(user, "it declares a document type");
}

const char *tsl__xml_get(const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(local(attributes[0]), name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

static tsl_status fail_part(const tsl__xml *p, const char *what, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_FORMAT, "%s: the workbook cannot be read: %s: %s", p->archive->name, p->name,
                          what);
}

tsl_status tsl__xml_open(tsl__archive *a, const char *name, uint64_t most, const tsl__xml_reader *reader, void *user,
                         tsl__xml **out, tsl_error *err)
{
    tsl__xml *p = NULL;
    zip_stat_t info;
    tsl_status status = TSL_OK;
    *out = NULL;
    TSL__NEED(p = tsl__alloc_zero(1, sizeof *p));
    p->archive = a;
    p->reader = reader;
    p->user = user;
    p->most = most;
    TSL__NEED(p->name = tsl__strdup(name));
    TSL__NEED(tsl__memory_has_room());
    if (zip_stat(a->zip, name, ZIP_FL_NOCASE, &info) || !(info.valid & ZIP_STAT_COMP_SIZE) ||
        !(p->file = zip_fopen(a->zip, name, ZIP_FL_NOCASE))) {
        TSL__TRY(fail_part(p, zip_strerror(a->zip), err));
    }
    p->stored = info.comp_size;
    TSL__NEED(p->parser = XML_ParserCreate(NULL));
    XML_SetUserData(p->parser, p);
    XML_SetElementHandler(p->parser, on_start, on_end);
    XML_SetCharacterDataHandler(p->parser, on_text);
    XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
    *out = p;
    p = NULL;
done:
    tsl__xml_free(p);
    return status;
}

void tsl__xml_free(tsl__xml *p)
{
    if (!p) {
        return;
    }
    if (p->parser) {
        XML_ParserFree(p->parser);
    }
    if (p->file) {
        zip_fclose(p->file);
    }
    free(p->name);
    free(p);
}

tsl_status tsl__xml_step(tsl__xml *p, int *ended, tsl_error *err)
{
    tsl_status status = TSL_OK;
    void *piece;
    TSL__NEED(piece = XML_GetBuffer(p->parser, PIECE_BYTES));
    const zip_int64_t got = zip_fread(p->file, piece, PIECE_BYTES);
    if (got < 0) {
        return fail_part(p, zip_file_strerror(p->file), err);
    }
    p->unpacked += (uint64_t)got;
    if ((p->most && p->unpacked > p->most) ||
        (p->unpacked > RATIO_FROM_BYTES && p->unpacked / MOST_RATIO > p->stored)) {
        return fail_part(p, "it is larger than any that people write", err);
    }
    *ended = got == 0;
    if (XML_ParseBuffer(p->parser, (int)got, *ended) != XML_STATUS_OK) {
        const enum XML_Error code = XML_GetErrorCode(p->parser);
        return code == XML_ERROR_NO_MEMORY ? tsl__error_nomem(err)
                                           : fail_part(p, p->refused ? p->refused : XML_ErrorString(code), err);
    }
done:
    return status;
}

tsl_status tsl__xml_read(tsl__archive *a, const char *name, uint64_t most, const tsl__xml_reader *reader, void *user,
                         tsl_error *err)
{
    tsl__xml *p = NULL;
    int ended = 0;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__xml_open(a, name, most, reader, user, &p, err));
    while (!ended) {
        TSL__TRY(tsl__xml_step(p, &ended, err));
    }
done:
    tsl__xml_free(p);
    return status;
}
