/* rfm_map.c: the map of RFM segments, in which every pair or triple of scores belongs to exactly one. */
#include <tesela/value.h>

#include "base/error.h"
#include "base/text.h"
#include "value/rfm_cuts.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = 255, LISTED = 12 }; /* cells that a message names */

static const tsl_rfm_block usual[] = {
    {5, 5, 4, 5, 0, 0, "champion", {"Champions", "核心客户"}, NULL},
    {3, 4, 4, 5, 0, 0, "loyal", {"Loyal customers", "忠诚客户"}, NULL},
    {4, 5, 2, 3, 0, 0, "potential_loyalist", {"Potential loyalists", "潜在忠诚客户"}, NULL},
    {5, 5, 1, 1, 0, 0, "new", {"New customers", "新客户"}, NULL},
    {4, 4, 1, 1, 0, 0, "promising", {"Promising", "潜力客户"}, NULL},
    {3, 3, 3, 3, 0, 0, "need_attention", {"Need attention", "需关注客户"}, NULL},
    {3, 3, 1, 2, 0, 0, "about_to_sleep", {"About to sleep", "即将沉睡客户"}, NULL},
    {1, 2, 3, 4, 0, 0, "at_risk", {"At risk", "流失风险客户"}, NULL},
    {1, 2, 5, 5, 0, 0, "cant_lose", {"Can't lose", "重点挽留客户"}, NULL},
    {1, 2, 1, 2, 0, 0, "hibernating", {"Hibernating", "沉睡客户"}, NULL},
};

/* What a table of blocks calls the names of segments, for messages. */
static const char *const name_columns[TSL_LANGS] = {"name_en", "name_zh"};

static size_t cell_of(int r, int f, int m)
{
    return ((size_t)(r - 1) * TSL_RFM_BINS_MOST + (size_t)(f - 1)) * TSL_RFM_BINS_MOST + (size_t)(m - 1);
}

/* ---- Building -------------------------------------------------------------------------- */

typedef struct builder {
    const tsl_rfm_block *block;
    tsl_rfm_map *map;
    size_t
        owner[TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST * TSL_RFM_BINS_MOST]; /* 1 + the block that has a cell; 0: none */
} builder;

/* What messages call a block. */
static const char *put_where(const tsl_rfm_block *block, size_t i, char room[24])
{
    tsl__print(room, 24, "block %zu", i + 1);
    return block[i].where ? block[i].where : room;
}

static void put_cell(tsl__text *text, const tsl_rfm_map *map, int r, int f, int m)
{
    tsl__text_printf(text, "%sR%d F%d", text->length ? ", " : "", r, f);
    if (map->by_m) {
        tsl__text_printf(text, " M%d", m);
    }
}

static tsl_status check_range(const builder *b, size_t i, const char *what, int low, int high, tsl_error *err)
{
    char room[24];
    if (low >= 1 && high <= b->map->bins && low <= high) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT, "%s: %s: from %d to %d is no range of scores from 1 to %d",
                          put_where(b->block, i, room), what, low, high, b->map->bins);
}

static int is_any(const tsl_rfm_block *block)
{
    return block->m_low == 0 && block->m_high == 0;
}

static int is_code(const char *text)
{
    const size_t length = text ? strlen(text) : 0;
    size_t fine = 0;
    while (fine < length && (tsl__is_digit(text[fine]) || text[fine] == '_' || tsl__is_lower(tsl__lower(text[fine])))) {
        fine++;
    }
    return length > 0 && fine == length && length < TSL_RFM_CODE_BYTES;
}

static int is_name(const char *text)
{
    const size_t length = strlen(text);
    return length < TSL_RFM_NAME_BYTES && tsl__utf8_check(text, length) == length && !strpbrk(text, "\r\n");
}

static tsl_status check_block(const builder *b, size_t i, tsl_error *err)
{
    const tsl_rfm_block *block = &b->block[i];
    char room[24];
    tsl_status status = TSL_OK;
    if (!is_code(block->code)) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "%s: code: \"%s\" is no code; expected 1 to %d of letters, 0 to 9 and _",
                              put_where(b->block, i, room), block->code ? block->code : "", TSL_RFM_CODE_BYTES - 1);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        const char *name = block->name[lang];
        if (name && !is_name(name)) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: %s: \"%.40s\" is no line of text of up to %d bytes",
                                  put_where(b->block, i, room), name_columns[lang], name, TSL_RFM_NAME_BYTES - 1);
        }
    }
    TSL__TRY(check_range(b, i, "r", block->r_low, block->r_high, err));
    TSL__TRY(check_range(b, i, "f", block->f_low, block->f_high, err));
    TSL__TRY(is_any(block) ? TSL_OK : check_range(b, i, "m", block->m_low, block->m_high, err));
done:
    return status;
}

/* No other segment is called so. */
static tsl_status check_name(const builder *b, size_t i, size_t s, int lang, tsl_error *err)
{
    const tsl_rfm_segment *segment = b->map->segment;
    char room[24];
    for (size_t other = 0; other < b->map->count; other++) {
        if (other != s && strcmp(segment[other].name[lang], segment[s].name[lang]) == 0) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: %s: %s is called \"%s\", as %s is",
                                  put_where(b->block, i, room), name_columns[lang], segment[s].code,
                                  segment[s].name[lang], segment[other].code);
        }
    }
    return TSL_OK;
}

/* The segment of that code, made where there is none yet. */
static tsl_status find_segment(builder *b, size_t i, size_t *out, tsl_error *err)
{
    const tsl_rfm_block *block = &b->block[i];
    tsl_rfm_map *map = b->map;
    char room[24];
    tsl_status status = TSL_OK;
    size_t s = 0;
    while (s < map->count && strcmp(map->segment[s].code, block->code) != 0) {
        s++;
    }
    if (s == TSL_RFM_SEGMENTS) {
        return tsl__error_set(err, TSL_E_INPUT, "%s: code: there are more than %d segments",
                              put_where(b->block, i, room), TSL_RFM_SEGMENTS);
    }
    tsl_rfm_segment *segment = &map->segment[s];
    if (s == map->count) {
        map->count++;
        memcpy(segment->code, block->code, strlen(block->code) + 1);
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        const char *name = block->name[lang];
        if (name && *name && segment->name[lang][0] && strcmp(segment->name[lang], name) != 0) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: %s: %s is called \"%s\" here and \"%s\" before",
                                  put_where(b->block, i, room), name_columns[lang], block->code, name,
                                  segment->name[lang]);
        }
        if (name && *name) {
            memcpy(segment->name[lang], name, strlen(name) + 1);
            TSL__TRY(check_name(b, i, s, lang, err));
        }
    }
    *out = s;
done:
    return status;
}

/* Gives the block its cells. */
static tsl_status claim(builder *b, size_t i, size_t segment, tsl_error *err)
{
    const tsl_rfm_block *block = &b->block[i];
    const int m_low = is_any(block) ? 1 : block->m_low, m_high = is_any(block) ? TSL_RFM_BINS_MOST : block->m_high;
    char own[24], other[24];
    for (int r = block->r_low; r <= block->r_high; r++) {
        for (int f = block->f_low; f <= block->f_high; f++) {
            for (int m = m_low; m <= m_high; m++) {
                const size_t cell = cell_of(r, f, m), before = b->owner[cell];
                if (before) {
                    tsl__text text = {0};
                    put_cell(&text, b->map, r, f, m);
                    const tsl_status status = tsl__error_set(
                        err, TSL_E_INPUT, "%s: %s: %s belongs to %s already (%s)", put_where(b->block, i, own),
                        b->map->by_m ? "r, f, m" : "r, f", text.data ? text.data : "a cell", b->block[before - 1].code,
                        put_where(b->block, before - 1, other));
                    tsl__text_free(&text);
                    return status;
                }
                b->owner[cell] = i + 1;
                b->map->cell[cell] = (uint8_t)segment;
            }
        }
    }
    return TSL_OK;
}

/* Cells that no block has. */
static tsl_status check_gaps(const builder *b, tsl_error *err)
{
    const int bins = b->map->bins;
    tsl__text text = {0};
    size_t gaps = 0;
    for (int r = 1; r <= bins; r++) {
        for (int f = 1; f <= bins; f++) {
            for (int m = 1; m <= (b->map->by_m ? bins : 1); m++) {
                if (!b->owner[cell_of(r, f, m)] && gaps++ < LISTED) {
                    put_cell(&text, b->map, r, f, m);
                }
            }
        }
    }
    if (gaps == 0) {
        return TSL_OK;
    }
    const tsl_status status = tsl__error_set(err, TSL_E_INPUT, "%zu cell%s of the map belong%s to no segment: %s%s",
                                             gaps, gaps == 1 ? "" : "s", gaps == 1 ? "s" : "",
                                             text.data ? text.data : "", gaps > LISTED ? ", ..." : "");
    tsl__text_free(&text);
    return status;
}

/* A segment without a name is called by its code. */
static void finish_names(tsl_rfm_map *map)
{
    for (size_t s = 0; s < map->count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            if (!map->segment[s].name[lang][0]) {
                memcpy(map->segment[s].name[lang], map->segment[s].code, sizeof map->segment[s].code);
            }
        }
    }
}

tsl_status tsl_rfm_map_build(const tsl_rfm_block *block, size_t count, int bins, tsl_rfm_map *out, tsl_error *err)
{
    builder b = {.block = block, .map = out};
    tsl_status status = TSL_OK;
    size_t segment = 0;
    tsl__error_reset(err);
    *out = (tsl_rfm_map){.bins = bins};
    memset(out->cell, NONE, sizeof out->cell);
    if (bins < 2 || bins > TSL_RFM_BINS_MOST) {
        return tsl__error_set(err, TSL_E_OPTION, "rfm: bins is %d, and must be from 2 to %d", bins, TSL_RFM_BINS_MOST);
    }
    for (size_t i = 0; i < count; i++) {
        out->by_m = out->by_m || !is_any(&block[i]);
    }
    for (size_t i = 0; i < count; i++) {
        TSL__TRY(check_block(&b, i, err));
        TSL__TRY(find_segment(&b, i, &segment, err));
        TSL__TRY(claim(&b, i, segment, err));
    }
    TSL__TRY(check_gaps(&b, err));
    finish_names(out);
done:
    return status;
}

void tsl_rfm_map_defaults(tsl_rfm_map *out)
{
    const tsl_status status = tsl_rfm_map_build(usual, sizeof usual / sizeof *usual, TSL_RFM_BINS, out, NULL);
    TSL__ASSERT(status == TSL_OK);
    (void)status;
}

/* ---- Keeping it ------------------------------------------------------------------------- */

size_t tsl__rfm_map_get_cells(const tsl_rfm_map *map)
{
    const size_t bins = (size_t)map->bins;
    return bins * bins * (map->by_m ? bins : 1);
}

size_t tsl__rfm_map_get_place(const tsl_rfm_map *map, size_t cell)
{
    const size_t bins = (size_t)map->bins, m = map->by_m ? cell % bins : 0, pair = map->by_m ? cell / bins : cell;
    return cell_of((int)(pair / bins) + 1, (int)(pair % bins) + 1, (int)m + 1);
}

int tsl__rfm_map_is_sound(const tsl_rfm_map *map)
{
    int sound = map->bins >= 2 && map->bins <= TSL_RFM_BINS_MOST && (map->by_m == 0 || map->by_m == 1) &&
                map->count <= TSL_RFM_SEGMENTS;
    for (size_t s = 0; sound && s < map->count; s++) {
        const tsl_rfm_segment *segment = &map->segment[s];
        sound = memchr(segment->code, 0, sizeof segment->code) && is_code(segment->code);
        for (int lang = 0; sound && lang < TSL_LANGS; lang++) {
            sound = memchr(segment->name[lang], 0, sizeof segment->name[lang]) && is_name(segment->name[lang]);
        }
    }
    for (size_t cell = 0; sound && map->count && cell < tsl__rfm_map_get_cells(map); cell++) {
        sound = map->cell[tsl__rfm_map_get_place(map, cell)] < map->count;
    }
    return sound;
}

/* ---- Using it --------------------------------------------------------------------------- */

void tsl_rfm_map_predict(const tsl_rfm_map *map, const uint8_t *r, const uint8_t *f, const uint8_t *m, size_t n,
                         int32_t *segment)
{
    const int bins = map->bins;
    for (size_t i = 0; i < n; i++) {
        const int own_m = map->by_m ? m[i] : 1;
        const int known = r[i] >= 1 && r[i] <= bins && f[i] >= 1 && f[i] <= bins && own_m >= 1 && own_m <= bins;
        segment[i] = known ? map->cell[cell_of(r[i], f[i], own_m)] : -1;
    }
}
