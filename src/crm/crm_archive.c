/* crm_archive.c: each CSV file in a ZIP archive of its own, stored as it is, for targets that take no other; by libzip.
 */
#include "crm/crm_pack.h"

#include "base/alloc.h"
#include "base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <tesela/store.h>
#include <zip.h>

static tsl_status fail(const char *path, const char *why, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_IO, "%s: cannot be written: %s", path, why);
}

static tsl_status write_archive(const char *path, const char *from, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int why = 0;
    zip_t *archive = tsl__memory_has_room() ? zip_open(path, ZIP_CREATE | ZIP_EXCL, &why) : NULL;
    zip_source_t *source = NULL;
    TSL__TRY(archive ? TSL_OK : fail(path, "the archive cannot be made", err));
    source = zip_source_file(archive, from, 0, -1);
    const zip_int64_t at = source ? zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) : -1;
    TSL__TRY(at >= 0 ? TSL_OK : fail(path, zip_strerror(archive), err));
    source = NULL;
    const int bad = zip_set_file_compression(archive, (zip_uint64_t)at, ZIP_CM_STORE, 0) ||
                    zip_file_set_mtime(archive, (zip_uint64_t)at, 315532800 /* the same bytes each time */, 0);
    TSL__TRY(bad || zip_close(archive) ? fail(path, zip_strerror(archive), err) : TSL_OK);
    archive = NULL;
    TSL__TRY(chmod(path, S_IRUSR | S_IWUSR) ? fail(path, strerror(errno), err) : TSL_OK); /* as all other files */
done:
    zip_source_free(source);
    if (archive) {
        zip_discard(archive);
    }
    return status;
}

static tsl_status add_archive(const tsl__crm_pack *pack, size_t file, size_t *room, tsl_error *err)
{
    tsl_export *export = pack->export;
    const char *name = export->file[file].name;
    void *files = export->file;
    char *from = NULL, *path = NULL, *own = NULL;
    struct stat about;
    tsl_status status = TSL_OK;
    TSL__NEED(from = tsl__format("%s/%s", pack->folder, name));
    TSL__NEED(own = tsl__format("%.*s.zip", (int)(strrchr(name, '.') - name), name));
    TSL__NEED(path = tsl__format("%s/%s", pack->folder, own));
    TSL__TRY(write_archive(path, from, name, err));
    TSL__NEED(tsl__reserve(&files, room, export->file_count + 1, sizeof *export->file) == 0);
    export->file = files;
    tsl_export_file *add = &export->file[export->file_count];
    *add = (tsl_export_file){.name = own, .rows = export->file[file].rows};
    own = NULL;
    export->file_count++;
    TSL__TRY(tsl_file_get_hash(&(tsl_source){.path = path}, add->sha256, err));
    add->bytes = stat(path, &about) == 0 ? (uint64_t)about.st_size : 0;
done:
    free(from);
    free(path);
    free(own);
    return status;
}

tsl_status tsl__crm_archives_write(const tsl__crm_pack *pack, size_t *room, tsl_error *err)
{
    const size_t files = pack->export->file_count;
    tsl_status status = TSL_OK;
    for (size_t f = 0; f < files && pack->plan->target->zipped; f++) {
        TSL__TRY(tsl__crm_file_is(&pack->export->file[f], "vanished", "") ? TSL_OK : add_archive(pack, f, room, err));
    }
done:
    return status;
}
