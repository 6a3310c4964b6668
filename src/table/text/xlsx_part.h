/*
 * xlsx_part.h: the parts of a workbook: XML files in a ZIP archive in memory, parsed piece by piece.
 *
 * Nothing outside of the archive is ever read, a document type is refused (no entities), and so is what grows beyond
 * its bound as it is unpacked.
 */
#ifndef TSL_TABLE_TEXT_XLSX_PART_H
#define TSL_TABLE_TEXT_XLSX_PART_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/base.h>

typedef struct tsl__archive tsl__archive;
typedef struct tsl__xml tsl__xml;

/* Names are local, without the prefix of a namespace. */
typedef struct tsl__xml_reader {
    void (*start)(void *user, const char *element, const char *const *attributes);
    void (*end)(void *user, const char *element);
    void (*text)(void *user, const char *text, size_t count);
} tsl__xml_reader;

/* Takes the bytes over, which were allocated, also on failure. name: what messages call it; borrowed. TSL_E_FORMAT. */
TSL_FALLIBLE tsl_status tsl__archive_open(char *bytes, size_t count, const char *name, tsl__archive **out,
                                          tsl_error *err);
void tsl__archive_free(tsl__archive *archive);
int tsl__archive_has(const tsl__archive *archive, const char *part);
const char *tsl__archive_get_name(const tsl__archive *archive);

/* most: bytes that the part may unpack to; 0: any number, as it is not kept. */
TSL_FALLIBLE tsl_status tsl__xml_open(tsl__archive *archive, const char *name, uint64_t most,
                                      const tsl__xml_reader *reader, void *user, tsl__xml **out, tsl_error *err);
void tsl__xml_free(tsl__xml *part);
/* Parses some more; *ended: 1 where that was all. TSL_E_FORMAT: damaged, or beyond the bound. */
TSL_FALLIBLE tsl_status tsl__xml_step(tsl__xml *part, int *ended, tsl_error *err);
/* All of it. */
TSL_FALLIBLE tsl_status tsl__xml_read(tsl__archive *archive, const char *name, uint64_t most,
                                      const tsl__xml_reader *reader, void *user, tsl_error *err);

/* The value of an attribute, or NULL. */
const char *tsl__xml_get(const char *const *attributes, const char *name);

#endif
