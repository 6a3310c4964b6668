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

/* An archive under construction, by any thread. */
typedef struct archive_job {
    tsl_export_file file; /* the archive; name NULL: there is none */
    tsl_status status;
    tsl_error why;
} archive_job;

static tsl_status make_archive(const tsl__crm_pack *pack, const tsl_export_file *file, tsl_export_file *out,
                               tsl_error *err)
{
    char *from = NULL, *path = NULL;
    struct stat about;
    tsl_status status = TSL_OK;
    out->rows = file->rows;
    TSL__NEED(out->name = tsl__format("%.*s.zip", (int)(strrchr(file->name, '.') - file->name), file->name));
    TSL__NEED(from = tsl__format("%s/%s", pack->folder, file->name));
    TSL__NEED(path = tsl__format("%s/%s", pack->folder, out->name));
#pragma omp critical(tsl__crm_archive) /* libzip 1.7 does not make two at a time */
    status = write_archive(path, from, file->name, err);
    TSL__TRY(status);
    TSL__TRY(tsl_file_get_hash(&(tsl_source){.path = path}, out->sha256, err));
    out->bytes = stat(path, &about) == 0 ? (uint64_t)about.st_size : 0;
done:
    free(from);
    free(path);
    return status;
}

/* Behind the files; the first that went wrong says why. */
static tsl_status add_archives(tsl_export *export, archive_job *made, size_t count, size_t *room, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < count; i++) {
        void *files = export->file;
        TSL__TRY(made[i].status == TSL_OK ? TSL_OK : tsl__error_take(err, &made[i].why));
        if (made[i].file.name) {
            TSL__NEED(tsl__reserve(&files, room, export->file_count + 1, sizeof *export->file) == 0);
            export->file = files;
            export->file[export->file_count++] = made[i].file;
            made[i].file.name = NULL;
        }
    }
done:
    return status;
}

tsl_status tsl__crm_archives_write(const tsl__crm_pack *pack, int threads, size_t *room, tsl_error *err)
{
    tsl_export *export = pack->export;
    const size_t count = pack->plan->target->zipped ? export->file_count : 0;
    archive_job *made = NULL;
    tsl_status status = TSL_OK;
    if (!count) {
        return TSL_OK;
    }
    TSL__NEED(made = tsl__alloc_zero(count, sizeof *made));
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t i = 0; i < count; i++) {
        const tsl_export_file *file = &export->file[i];
        made[i].status =
            tsl__crm_file_is(file, "vanished", "") ? TSL_OK : make_archive(pack, file, &made[i].file, &made[i].why);
    }
    TSL__TRY(add_archives(export, made, count, room, err));
done:
    for (size_t i = 0; made && i < count; i++) {
        free(made[i].file.name);
    }
    free(made);
    return status;
}
