/* rfm_map_kept.c: the map of RFM segments of a policy <-> model.h5. */
#include "label/rfm/rfm_map_kept.h"

#include "base/alloc.h"
#include "base/text.h"
#include "value/rfm_cuts.h"

#include <stdlib.h>
#include <string.h>

#define MAP "policy/rfm_map"

/* The texts of the segments: code, then a name a language. */
enum { CODE, NAMES, TEXTS = NAMES + TSL_LANGS };
static const char *const text_path[TEXTS] = {MAP "/code", MAP "/name_en", MAP "/name_zh"};

static char *get_text(tsl_rfm_segment *segment, int text)
{
    return text == CODE ? segment->code : segment->name[text - NAMES];
}

static size_t get_room(int text)
{
    return text == CODE ? TSL_RFM_CODE_BYTES : TSL_RFM_NAME_BYTES;
}

static const tsl__field map_field[] = {
    {"bins", TSL__INT, offsetof(tsl_rfm_map, bins), NULL},
    {"by_m", TSL__BOOL, offsetof(tsl_rfm_map, by_m), NULL},
};

void tsl__rfm_map_put(tsl__store *store, const tsl_policy *policy)
{
    tsl_rfm_map map = policy->rfm_map;
    const size_t cells = tsl__rfm_map_get_cells(&map);
    int32_t segment[sizeof map.cell];
    if (map.bins == 0) {
        return;
    }
    for (size_t cell = 0; cell < cells; cell++) {
        segment[cell] = map.cell[tsl__rfm_map_get_place(&map, cell)];
    }
    tsl__store_put_dict(store, MAP);
    tsl__store_put_records(store, MAP, map_field, 2, &map, TSL__SCALAR, sizeof map);
    for (int text = 0; text < TEXTS; text++) {
        char *all[TSL_RFM_SEGMENTS];
        for (size_t s = 0; s < map.count; s++) {
            all[s] = get_text(&map.segment[s], text);
        }
        tsl__store_put_texts(store, text_path[text], all, map.count, 0);
    }
    tsl__store_put_column(store, MAP "/cell", TSL__CODE8, segment, map.count ? cells : 0);
}

static void take_texts(tsl__store *store, tsl_rfm_map *map, int text)
{
    char **all = tsl__store_get_texts(store, text_path[text], map->count);
    for (size_t s = 0; all && s < map->count; s++) {
        tsl__print(get_text(&map->segment[s], text), get_room(text), "%s", all[s]);
    }
    tsl__free_texts(all, all ? map->count : 0);
}

/* Where m does not tell, the cell is that of every m. */
static void take_cells(tsl__store *store, tsl_rfm_map *map)
{
    const size_t cells = tsl__rfm_map_get_cells(map);
    int32_t *segment = tsl__store_get_column(store, MAP "/cell", TSL__CODE8, cells);
    for (size_t cell = 0; segment && cell < cells; cell++) {
        const int known = segment[cell] >= 0 && segment[cell] < TSL_RFM_SEGMENTS;
        memset(map->cell + tsl__rfm_map_get_place(map, cell), known ? (int)segment[cell] : TSL_RFM_SEGMENTS,
               map->by_m ? 1 : TSL_RFM_BINS_MOST);
    }
    free(segment);
}

void tsl__rfm_map_get(tsl__store *store, tsl_policy *policy)
{
    tsl_rfm_map *map = &policy->rfm_map;
    if (tsl__store_failed(store) || !tsl__store_has(store, MAP)) {
        return;
    }
    tsl__store_check_dict(store, MAP);
    tsl__store_get_records(store, MAP, map_field, 2, map, TSL__SCALAR, sizeof *map);
    map->count = tsl__store_get_shape(store, text_path[CODE]).rows;
    if (tsl__store_failed(store)) {
        return;
    }
    if (map->bins < 2 || map->bins > TSL_RFM_BINS_MOST || map->count > TSL_RFM_SEGMENTS) {
        tsl__store_fail(store, TSL_E_FORMAT, MAP, "has %zu segments of scores from 1 to %d", map->count, map->bins);
        return;
    }
    for (int text = 0; text < TEXTS; text++) {
        take_texts(store, map, text);
    }
    if (map->count) {
        take_cells(store, map);
    }
    if (!tsl__store_failed(store) && !tsl__rfm_map_is_sound(map)) {
        tsl__store_fail(store, TSL_E_FORMAT, MAP, "is no map of RFM segments");
    }
}
