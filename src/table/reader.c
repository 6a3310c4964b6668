/* reader.c: files of a table, opened and cut into blocks. */
#include "table/reader.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "store/files/stream.h"
#include "table/names/roles.h"

/* Is another file as long? The same bytes, perhaps, which its hash tells. */
static int has_twin(const tsl__reader *f, size_t file)
{
    for (size_t i = 0; i < f->r.files; i++) {
        if (i != file && f->bytes[i] == f->bytes[file]) {
            return 1;
        }
    }
    return 0;
}

int tsl__reader_is_read_once(const tsl_source *source)
{
    struct stat info;
    return tsl__source_is_ahead(source) ||
           (!source->bytes && source->path &&
            (strcmp(source->path, "-") == 0 || (stat(source->path, &info) == 0 && !S_ISREG(info.st_mode))));
}

tsl_status tsl__reader_open_csv(const tsl__reader *f, size_t file, int hash, tsl__csv **csv, tsl_error *err)
{
    const tsl_table_options *asked = f->r.terms.opt;
    tsl__csv_options opt = {.from = &f->source[file],
                            .delimiter = asked->delimiter,
                            .header = asked->header,
                            .is_header = tsl__role_is_header,
                            .text = tsl__asked_get_text(asked)};
    opt.text.unhashed = !hash || (!asked->hash && !has_twin(f, file));
    if (file > 0) {
        opt.names = tsl__csv_get_names(f->input[0].csv, &opt.name_count);
    }
    return tsl__csv_open(&opt, csv, err);
}

tsl_status tsl__reader_cut(tsl__table_file *in, tsl__block *block, tsl_error *err)
{
    if (in->kept.spill) {
        return tsl__kept_blocks_read(&in->kept, block, err);
    }
    if (!in->has_first) {
        return tsl__csv_cut(in->csv, block, err);
    }
    tsl__block_free(block);
    *block = in->first;
    in->first = (tsl__block){.count = 0};
    in->has_first = 0;
    return TSL_OK;
}

tsl_status tsl__reader_turn(tsl__reader *f, size_t worker, const tsl__table_file *in, tsl_error *err)
{
    tsl__decoder *d = &f->r.worker[worker].decoder;
    if (d->map == &in->map) {
        return TSL_OK;
    }
    tsl__scanner_free(f->scanner[worker]);
    f->scanner[worker] = tsl__scanner_open(in->csv);
    d->map = &in->map;
    return f->scanner[worker] ? TSL_OK : tsl__error_nomem(err);
}

int tsl__reader_is_sound(const tsl__field_map *map, const tsl__record *record)
{
    return record->valid && !record->stray && !record->is_open && record->count == map->columns;
}
