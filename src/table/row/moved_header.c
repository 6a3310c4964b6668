/* moved_header.c: a record whose cells are the names of the columns, each once. */
#include "table/row/moved_header.h"

#include <limits.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "table/names/name_index.h"
#include "table/source/column_names.h"

static unsigned char begin_of(const char *s, size_t n)
{
    return n ? (unsigned char)tsl__lower(*s) : 0;
}

/* Does each cell begin as one of the names does? Most rows end here, at their first cells. */
static int may_be(const tsl__field_map *map, const tsl__record *record)
{
    uint8_t begins[UCHAR_MAX + 1] = {[0] = 1}; /* an empty cell says nothing */
    for (size_t k = 0; k < map->columns; k++) {
        begins[begin_of(map->header[k], *map->header[k] != 0)] = 1;
    }
    for (size_t i = 0; i < record->count; i++) {
        const tsl__span cell = tsl__cell_trim(record->field[i]);
        if (!begins[begin_of(cell.s, cell.n)]) {
            return 0;
        }
    }
    return 1;
}

/* The cells as names of columns, until one is none of the file's or stands twice; *moved: 1 where some are elsewhere.
 * Returns how many they are. */
static tsl_status match(const tsl__field_map *map, const tsl__record *record, char **name, size_t *count, int *moved,
                        tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__names *names = NULL;
    tsl__name_index *index = NULL;
    char *seen = NULL;
    TSL__NEED(names = tsl__names_open());
    TSL__NEED(index = tsl__name_index_open(map->header, map->columns));
    TSL__NEED(seen = tsl__alloc_zero(map->columns, 1));
    *moved = 0;
    for (*count = 0; *count < record->count;) {
        const size_t i = *count;
        TSL__NEED(name[i] = tsl__names_add(names, record->field[i]));
        ++*count;
        const size_t at = tsl__name_index_get(index, name[i]);
        if (at == map->columns || seen[at]) {
            *moved = 0;
            break;
        }
        seen[at] = 1;
        *moved |= at != i;
    }
done:
    free(seen);
    tsl__name_index_free(index);
    tsl__names_free(names);
    return status;
}

static tsl_status fail(const tsl__field_map *map, uint64_t line, char *const *name, tsl_error *err)
{
    tsl__text own = {0}, here = {0};
    tsl__names_put(&own, map->header, map->columns);
    tsl__names_put(&here, (const char *const *)name, map->columns);
    tsl_status status =
        own.failed || here.failed
            ? tsl__error_nomem(err)
            : tsl__error_set(err, TSL_E_INPUT,
                             "%s:%llu: the header stands here once more, with the columns in another order (%s) than "
                             "the file has (%s); split the file in front of this line, and give both",
                             map->name, (unsigned long long)line, here.data, own.data);
    tsl__text_free(&own);
    tsl__text_free(&here);
    return status;
}

tsl_status tsl__moved_header_refuse(const tsl__field_map *map, const tsl__record *record, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char **name = NULL;
    size_t count = 0;
    int moved = 0;
    if (!map->header || record->count != map->columns || !may_be(map, record)) {
        return TSL_OK;
    }
    TSL__NEED(name = tsl__alloc_zero(map->columns, sizeof *name));
    TSL__TRY(match(map, record, name, &count, &moved, err));
    TSL__TRY(moved ? fail(map, record->line, name, err) : TSL_OK);
done:
    tsl__free_texts(name, count);
    return status;
}
