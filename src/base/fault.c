/* SPDX-License-Identifier: GPL-3.0-or-later
 * How things fail: a code for the program, a sentence for the person, and the end of
 * the process where nothing can go on.
 */
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cause {
	int error;
	const char *text;
};

/* strerror speaks the locale's language in the locale's coding; we need neither. */
static const struct cause causes[] = {
	{ENOENT, N_("没有这个文件或文件夹")},
	{EACCES, N_("没有权限")},
	{EPERM, N_("系统不允许")},
	{EEXIST, N_("已经有同名的文件")},
	{ENOTDIR, N_("路径中有一段不是文件夹")},
	{EISDIR, N_("这是文件夹，不是文件")},
	{ENOSPC, N_("磁盘已满，请清理后再试")},
	{EDQUOT, N_("磁盘配额已用完，请清理后再试")},
	{EFBIG, N_("文件太大")},
	{EROFS, N_("磁盘是只读的")},
	{EIO, N_("磁盘读写出错，请检查磁盘")},
	{ENODEV, N_("设备不在了")},
	{ENXIO, N_("设备不在了")},
	{EBUSY, N_("正被别的程序占用")},
	{EMFILE, N_("打开的文件太多")},
	{ENFILE, N_("打开的文件太多")},
	{ENAMETOOLONG, N_("名称太长")},
	{ELOOP, N_("链接绕成了圈")},
	{EPIPE, N_("对方已经关闭")},
	{ENOMEM, N_("内存不足")},
};

enum rc fault_set(struct fault *fault, enum rc rc, const char *fmt, ...)
{
	if (!fault)
		return rc;
	va_list args;
	va_start(args, fmt);
	text_fit_args(fault->text, sizeof fault->text, fmt, args);
	va_end(args);
	fault->rc = rc;
	fault->cause = 0;
	return rc;
}

enum rc fault_errno(struct fault *fault, int error, const char *what, const char *subject)
{
	enum rc rc = error == ENOSPC || error == EDQUOT ? RC_FULL
		     : error == ENOENT                  ? RC_NONE
							: RC_IO;
	return fault_set(fault, rc, _("%s \"%s\"：%s"), what, subject, fault_why(error));
}

const char *fault_why(int error)
{
	for (size_t i = 0; i < countof(causes); i++)
		if (causes[i].error == error)
			return words(causes[i].text);
#if __GLIBC_PREREQ(2, 32)
	const char *text = strerrordesc_np(error);
#else
	const char *text = strerror(error);
#endif
	return text ? text : _("不明原因");
}

void die(const char *fmt, ...)
{
	char text[FAULT_TEXT];
	va_list args;
	va_start(args, fmt);
	text_fit_args(text, sizeof text, fmt, args);
	va_end(args);
	fprintf(stderr, "outpost: %s\n", text);
	exit(1);
}

void memory_none(size_t bytes)
{
	if (bytes)
		die(_("内存不足：要 %zu 字节"), bytes);
	die("%s", _("内存不足"));
}
