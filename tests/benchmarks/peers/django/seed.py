"""Makes the tables anew with one course of COUNT students, and writes their tokens: python3 seed.py COUNT FOLDER"""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

import jwt  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from notifications.models import Course, Enrollment  # noqa: E402

User = get_user_model()


def make_tables():
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS earlier_system CASCADE")
        cursor.execute("CREATE SCHEMA earlier_system")
    call_command("migrate", run_syncdb=True, verbosity=0)


def token(user):
    claims = {"token_type": "access", "user_id": user.pk, "exp": int(time.time()) + 86400}
    return jwt.encode(claims, settings.SECRET_KEY, algorithm="HS256")


def main(count, folder):
    make_tables()
    instructor = User.objects.create(username="instructor")
    course = Course.objects.create(title="Databases", instructor=instructor)
    students = User.objects.bulk_create([User(username=f"student{i}") for i in range(count)], batch_size=1000)
    Enrollment.objects.bulk_create([Enrollment(course=course, student=s) for s in students], batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    (folder / "tokens").write_text("".join(token(s) + "\n" for s in students))
    (folder / "publisher").write_text(token(instructor))


main(int(sys.argv[1]), Path(sys.argv[2]))
