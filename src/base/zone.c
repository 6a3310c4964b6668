/* zone.c: reads TZif files (RFC 8536) and asks them. */
#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "base/zone_rule.h"

#define HEADER_BYTES 44
#define TYPE_BYTES 6
#define MOST_FILE_BYTES (1 << 20)
#define LONGEST_NAME 64
#define PATH_BYTES 128
#define MOST_OFFSET (26 * 3600) /* RFC 8536, 3.2: -25 to 26 hours */
#define MOST_CHANGES 100000

/* Where systems keep the database. */
static const char *const folders[] = {"/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo",
                                      "/etc/zoneinfo"};

struct tsl__zone {
    char name[LONGEST_NAME + 1];
    int32_t first;   /* the offset before the first change */
    size_t changes;  /* in rising order */
    int64_t *at;     /* seconds of UTC */
    int32_t *offset; /* from then on */
    int has_rule;    /* beyond the last change */
    tsl__zone_rule rule;
};

/* ---- One file -------------------------------------------------------------------- */

/* A header and what it announces. */
typedef struct tzif_block {
    size_t changes, types, letters, leaps, standards, universals;
    size_t time_bytes;
    const uint8_t *data;
    size_t bytes; /* of the data */
} tzif_block;

static uint32_t get_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t get_time(const uint8_t *p, size_t time_bytes)
{
    if (time_bytes == 4) {
        return (int32_t)get_u32(p);
    }
    return (int64_t)((uint64_t)get_u32(p) << 32 | get_u32(p + 4));
}

/* The block that begins at bytes; 0 where there is none, or it goes beyond the end. */
static int find_block(const uint8_t *bytes, size_t count, size_t time_bytes, tzif_block *out)
{
    if (count < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0) {
        return 0;
    }
    *out = (tzif_block){.universals = get_u32(bytes + 20),
                        .standards = get_u32(bytes + 24),
                        .leaps = get_u32(bytes + 28),
                        .changes = get_u32(bytes + 32),
                        .types = get_u32(bytes + 36),
                        .letters = get_u32(bytes + 40),
                        .time_bytes = time_bytes,
                        .data = bytes + HEADER_BYTES};
    if (out->changes > MOST_CHANGES || out->types > 256 || out->letters > MOST_FILE_BYTES ||
        out->leaps > MOST_FILE_BYTES || out->standards > 256 || out->universals > 256) {
        return 0;
    }
    out->bytes = out->changes * (time_bytes + 1) + out->types * TYPE_BYTES + out->letters +
                 out->leaps * (time_bytes + 4) + out->standards + out->universals;
    return out->bytes <= count - HEADER_BYTES;
}

static tsl_status fail_damaged(const char *name, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT,
                          "time zone \"%.*s\": its file is damaged, or no file of the time zone "
                          "database",
                          tsl__text_head(name, LONGEST_NAME), name);
}

/* The changes of a block. */
static tsl_status take_changes(tsl__zone *zone, const tzif_block *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const uint8_t *index = b->data + b->changes * b->time_bytes, *type = index + b->changes;
    if (b->types == 0 || b->leaps) { /* leap seconds: the "right" zones, whose seconds are not those of POSIX */
        return fail_damaged(zone->name, err);
    }
    TSL__NEED(zone->at = tsl__alloc(b->changes, sizeof *zone->at));
    TSL__NEED(zone->offset = tsl__alloc(b->changes, sizeof *zone->offset));
    zone->first = (int32_t)get_u32(type);
    for (size_t i = 0; i < b->changes; i++) {
        zone->at[i] = get_time(b->data + i * b->time_bytes, b->time_bytes);
        TSL__TRY(index[i] >= b->types || (i && zone->at[i] <= zone->at[i - 1]) ? fail_damaged(zone->name, err)
                                                                               : TSL_OK);
        zone->offset[i] = (int32_t)get_u32(type + (size_t)index[i] * TYPE_BYTES);
    }
    for (size_t i = 0; i < b->types; i++) {
        int32_t offset = (int32_t)get_u32(type + i * TYPE_BYTES);
        TSL__TRY(offset < -MOST_OFFSET || offset > MOST_OFFSET ? fail_damaged(zone->name, err) : TSL_OK);
    }
    zone->changes = b->changes;
done:
    return status;
}

/* The text between two line ends behind the second block; an empty one rules nothing. */
static tsl_status take_footer(tsl__zone *zone, const uint8_t *bytes, size_t count, tsl_error *err)
{
    const char *text = (const char *)bytes + 1;
    const char *end = count > 1 && bytes[0] == '\n' ? memchr(text, '\n', count - 1) : NULL;
    if (!end || (end > text && tsl__zone_rule_read(text, (size_t)(end - text), &zone->rule))) {
        return fail_damaged(zone->name, err);
    }
    zone->has_rule = end > text;
    return TSL_OK;
}

static tsl_status make_zone(const char *name, tsl__zone **out, tsl_error *err)
{
    *out = tsl__alloc_zero(1, sizeof **out);
    if (!*out) {
        return tsl__error_nomem(err);
    }
    snprintf((*out)->name, sizeof(*out)->name, "%.*s", tsl__text_head(name, LONGEST_NAME), name);
    return TSL_OK;
}

tsl_status tsl__zone_read(const uint8_t *bytes, size_t count, const char *name, tsl__zone **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__zone *zone = NULL;
    tzif_block block = {0};
    *out = NULL;
    TSL__TRY(make_zone(name, &zone, err));
    TSL__TRY(find_block(bytes, count, 4, &block) ? TSL_OK : fail_damaged(name, err));
    if (bytes[4] >= '2') { /* the first block is for readers of 1986 */
        size_t passed = HEADER_BYTES + block.bytes;
        TSL__TRY(find_block(bytes + passed, count - passed, 8, &block) ? TSL_OK : fail_damaged(name, err));
        passed += HEADER_BYTES + block.bytes;
        TSL__TRY(take_footer(zone, bytes + passed, count - passed, err));
    }
    TSL__TRY(take_changes(zone, &block, err));
    *out = zone;
    zone = NULL;
done:
    tsl__zone_free(zone);
    return status;
}

void tsl__zone_free(tsl__zone *zone)
{
    if (zone) {
        free(zone->at);
        free(zone->offset);
        free(zone);
    }
}

/* ---- By name ------------------------------------------------------------------------ */

/* UTC, Z, +08:00, +0800, +08; 1 where the name is one. */
static int read_offset(const char *name, int32_t *offset)
{
    size_t n = strlen(name);
    *offset = 0;
    if (strcmp(name, "UTC") == 0 || strcmp(name, "GMT") == 0 || strcmp(name, "Z") == 0) {
        return 1;
    }
    if ((name[0] != '+' && name[0] != '-') || (n != 3 && n != 5 && n != 6) || (n == 6 && name[3] != ':')) {
        return 0;
    }
    int digit[4] = {0, 0, 0, 0}, count = 0;
    for (size_t i = 1; i < n; i++) {
        if (n == 6 && i == 3) {
            continue;
        }
        if (!tsl__is_digit(name[i])) {
            return 0;
        }
        digit[count++] = name[i] - '0';
    }
    int hours = digit[0] * 10 + digit[1], minutes = digit[2] * 10 + digit[3];
    *offset = (name[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
    return hours * 60 + minutes <= TSL__ZONE_MINUTES_MAX && minutes < 60;
}

/* 1: a name that leads to no file but one of the database. */
static int is_safe(const char *name)
{
    size_t n = strlen(name);
    if (n == 0 || n > LONGEST_NAME || name[0] == '/' || strstr(name, "..")) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!tsl__is_lower(tsl__lower(name[i])) && !tsl__is_digit(name[i]) && !strchr("/_+-", name[i])) {
            return 0;
        }
    }
    return 1;
}

/* The whole of a file; *bytes NULL where there is none of that name. */
static tsl_status read_file(const char *path, uint8_t **bytes, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *bytes = NULL;
    *count = 0;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return TSL_OK;
    }
    uint8_t *data = tsl__alloc(MOST_FILE_BYTES, 1);
    TSL__NEED(data);
    *count = fread(data, 1, MOST_FILE_BYTES, file);
    if (*count > 0) { /* a folder gives nothing */
        *bytes = data;
        data = NULL;
    }
done:
    free(data);
    fclose(file);
    return status;
}

static int has_database(void)
{
    char path[PATH_BYTES];
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/Europe/London", folders[i]);
        FILE *file = fopen(path, "rbe");
        if (file) {
            fclose(file);
            return 1;
        }
    }
    return 0;
}

static tsl_status fail_unknown(const char *name, tsl_error *err)
{
    static const char *const form = "Asia/Shanghai or +08:00";
    if (is_safe(name) && !has_database()) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "time zone \"%s\" cannot be looked up: the system's time zone database (Debian: the "
                              "package tzdata) is not installed; an offset such as +08:00 needs none",
                              name);
    }
    return tsl__error_set(err, TSL_E_OPTION,
                          "\"%.*s\" is no time zone of the system's database: a name such as %s is "
                          "expected",
                          tsl__text_head(name, LONGEST_NAME), name, form);
}

tsl_status tsl__zone_open(const char *name, tsl__zone **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint8_t *bytes = NULL;
    size_t count = 0;
    int32_t offset;
    *out = NULL;
    if (read_offset(name, &offset)) {
        TSL__TRY(make_zone(name, out, err));
        (*out)->first = offset;
        goto done;
    }
    for (size_t i = 0; is_safe(name) && !bytes && i < sizeof folders / sizeof *folders; i++) {
        char path[PATH_BYTES];
        snprintf(path, sizeof path, "%s/%s", folders[i], name);
        TSL__TRY(read_file(path, &bytes, &count, err));
    }
    TSL__TRY(bytes ? tsl__zone_read(bytes, count, name, out, err) : fail_unknown(name, err));
done:
    free(bytes);
    return status;
}

/* ---- Asking ------------------------------------------------------------------------- */

const char *tsl__zone_get_name(const tsl__zone *zone)
{
    return zone->name;
}

int32_t tsl__zone_get_offset(const tsl__zone *zone, int64_t utc)
{
    size_t low = 0, high = zone->changes; /* the changes at or before utc */
    if (zone->has_rule && (high == 0 || utc >= zone->at[high - 1])) {
        return tsl__zone_rule_get_offset(&zone->rule, utc);
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->at[middle] <= utc) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? zone->offset[low - 1] : zone->first;
}
