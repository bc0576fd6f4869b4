"""Signing in, choosing a password, entering with a case code."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import LineField, SecretField, TickField
from mediation.wording import Text


class SignInForm(BaseForm):
    login = LineField(Text("账号", "Account"), limit=40, required=True)
    password = SecretField(Text("密码", "Password"), required=True)
    shared = TickField(
        Text("这是大家共用的电脑", "This is a shared computer"),
        hint=Text("五分钟不用就自动离开", "it signs out after five idle minutes"),
    )


class ChangePasswordForm(BaseForm):
    old = SecretField(Text("现在的密码", "Present password"), required=True)
    password = SecretField(
        Text("新密码", "New password"),
        required=True,
        hint=Text("至少10个字，可以是一句好记的话", "at least 10 characters; a sentence is fine"),
    )
    again = SecretField(Text("新密码再写一遍", "New password again"), required=True)


class SetPasswordForm(BaseForm):
    """Behind a one-time link: the link stands for the old password."""

    password = SecretField(
        Text("新密码", "New password"),
        required=True,
        hint=Text("至少10个字，可以是一句好记的话", "at least 10 characters; a sentence is fine"),
    )
    again = SecretField(Text("新密码再写一遍", "New password again"), required=True)


class FirstAccountForm(SetPasswordForm):
    """The first administrator of an empty instance."""

    name = LineField(Text("姓名", "Name"), limit=40, required=True)
    login = LineField(Text("账号", "Account"), limit=40, required=True)
